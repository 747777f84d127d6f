package io.yardmaster.bench.fairness;

import io.yardmaster.bench.load.FleetConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Execution managers in one group that take assignments at a limited rate, a few at a time, and commit each few at
 * once.
 */
final class PacedFleet implements AutoCloseable {
    static final int MEMBERS = 4;

    private static final Duration POLL = Duration.ofMillis(20);
    private static final long TAKES_PER_SECOND = 50;
    /** A member that had nothing to take catches up on no more than this. */
    private static final long MOST_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A commit that covers this many more assignments, sent at this time, in ms since 1970. */
    record TakenBatch(long at, int count) {}

    private final List<TakenBatch> taken = new ArrayList<>();
    private final List<Member> members;

    /** @param rate of all of them, assignments per second */
    PacedFleet(String bootstrapServers, String topic, String group, int rate) {
        members = IntStream.range(0, MEMBERS)
                .mapToObj(i -> new Member(bootstrapServers, topic, group, Math.max(1, rate / MEMBERS)))
                .toList();
    }

    private final class Member {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final long nanosEach;
        private final Loop loop;
        private long due = System.nanoTime();
        private volatile int partitions;

        Member(String bootstrapServers, String topic, String group, int rate) {
            nanosEach = TimeUnit.SECONDS.toNanos(1) / rate;
            consumer =
                    FleetConsumer.open(bootstrapServers, group, Math.toIntExact(Math.max(1, rate / TAKES_PER_SECOND)));
            consumer.subscribe(List.of(topic));
            loop = new Loop("fleet", this::take, consumer::close);
        }

        private void take() {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            partitions = consumer.assignment().size();
            if (records.isEmpty()) {
                return;
            }
            synchronized (taken) {
                taken.add(new TakenBatch(System.currentTimeMillis(), records.count()));
            }
            consumer.commitSync();
            due = Math.max(due, System.nanoTime() - MOST_LATE_NANOS) + records.count() * nanosEach;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
        }
    }

    /** True if every member has partitions, and together they have all. */
    boolean isComplete(int partitions) {
        members.forEach(member -> member.loop.check());
        return members.stream().allMatch(member -> member.partitions > 0)
                && members.stream().mapToInt(member -> member.partitions).sum() == partitions;
    }

    List<TakenBatch> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    @Override
    public void close() {
        members.parallelStream().forEach(member -> member.loop.close());
    }
}
