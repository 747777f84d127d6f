package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A fleet that only takes assignments: one member of the group, which commits each poll at once. */
public final class Drain implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STANDSTILL = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private long taken;

    /** Joins the group and returns when it has its partitions. Takes nothing before it is asked to. */
    public Drain(String bootstrapServers, String topic, String group) {
        this.topic = topic;
        consumer = FleetConsumer.open(bootstrapServers, group, 10_000);
        consumer.subscribe(List.of(topic), new Pausing());
        while (consumer.assignment().isEmpty()) {
            consumer.poll(POLL);
        }
    }

    private final class Pausing implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    /**
     * Takes records until this many have come since the beginning. Returns the time of the last one, by
     * {@link System#nanoTime}.
     *
     * @throws BenchException if none came for as long as {@code patience}
     */
    public long takeUntil(long total, Duration patience) {
        return takeUntil(total, patience, record -> {});
    }

    public long takeUntil(long total, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return takeUntil(() -> taken >= total, total, patience, each);
    }

    /** Takes records until something is so; {@code total} are expected at most. */
    public long takeUntil(
            BooleanSupplier done, long total, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return takeUntil(done, total, patience, each, () -> {});
    }

    /** The same, with something to do for the records of a poll before they are committed. */
    public long takeUntil(
            BooleanSupplier done,
            long total,
            Duration patience,
            Consumer<ConsumerRecord<byte[], byte[]>> each,
            Runnable beforeCommit) {
        consumer.resume(consumer.assignment());
        long lastProgress = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (poll(each, beforeCommit) > 0) {
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > patience.toNanos()) {
                throw new BenchException(
                        "%s: %s of %s assignments came, then none for %s s; see the logs in the output directory"
                                .formatted(topic, taken, total, patience.toSeconds()));
            }
        }
        return lastProgress;
    }

    /**
     * Waits until no more assignments come although all events were taken in: the outstanding ones fill the
     * dispatch window. Takes none.
     */
    public void awaitStandstill() {
        long before = -1;
        for (long now = end(); now != before; now = end()) {
            before = now;
            // The member stays in the group meanwhile.
            long until = System.nanoTime() + STANDSTILL.toNanos();
            while (System.nanoTime() < until) {
                consumer.poll(POLL);
            }
        }
    }

    private long end() {
        return consumer.endOffsets(consumer.assignment()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Takes all records there are now, and returns when the broker knows that they were taken. */
    public void takeAll() {
        consumer.resume(consumer.assignment());
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (consumer.assignment().stream()
                .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            poll(record -> {}, () -> {});
        }
        consumer.commitSync();
    }

    private int poll(Consumer<ConsumerRecord<byte[], byte[]>> each, Runnable beforeCommit) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            records.forEach(each);
            taken += records.count();
            beforeCommit.run();
            consumer.commitAsync();
        }
        return records.count();
    }

    /** The number of records so far. */
    public long taken() {
        return taken;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
