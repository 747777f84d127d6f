package io.yardmaster.app.recording;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads partitions side by side, and hands on their records one by one: next is the one with the lowest timestamp of those that are
 * first in their partitions. Memory is bounded by the number of partitions: one that is ahead of the others is paused.
 */
final class TopicMerge {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int AHEAD = 500;
    /** A partition at its end may get a record in this time that is older than those of others. */
    private static final long HOLD_NANOS = Duration.ofMillis(500).toNanos();
    /** A reading that gets nothing for longer fails. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final LongSupplier nanoTime;
    private final Gaps gaps;
    private final Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();
    private final PriorityQueue<Partition> ready = new PriorityQueue<>(Comparator.comparingLong(
            partition -> partition.queue.element().record.timestamp()));

    /** Partitions of which nothing waits here, until their ends are reached. */
    private final Set<Partition> empty = new LinkedHashSet<>();

    private long progressAt;

    /** Takes note of records that were deleted before they were read. */
    @FunctionalInterface
    interface Gaps {
        void lost(TopicPartition partition, long first, long next);
    }

    private record Arrival(ConsumerRecord<byte[], byte[]> record, long at) {}

    private static final class Partition {
        final TopicPartition name;
        final Queue<Arrival> queue = new ArrayDeque<>();
        long end;

        Partition(TopicPartition name, long end) {
            this.name = name;
            this.end = end;
        }
    }

    /**
     * Reads from the consumer's positions on.
     *
     * @param ends the offsets at which to stop, by partition
     */
    TopicMerge(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Gaps gaps, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.gaps = gaps;
        this.nanoTime = nanoTime;
        this.progressAt = nanoTime.getAsLong();
        ends.forEach((name, end) -> partitions.put(name, new Partition(name, end)));
        empty.addAll(partitions.values());
    }

    /** The next record before the ends; null if there is none, or if stopped. */
    ConsumerRecord<byte[], byte[]> next(BooleanSupplier stopped) {
        empty.removeIf(partition -> consumer.position(partition.name) >= partition.end);
        while (!empty.isEmpty()) {
            if (stopped.getAsBoolean()) {
                return null;
            }
            fill(POLL);
            empty.removeIf(partition -> consumer.position(partition.name) >= partition.end);
            if (nanoTime.getAsLong() - progressAt > PATIENCE_NANOS) {
                throw new TimeoutException("nothing more can be read of the topics");
            }
        }
        return take();
    }

    /** Goes on behind the ends. */
    void follow() {
        partitions.values().forEach(partition -> partition.end = Long.MAX_VALUE);
    }

    /**
     * The next records of those that come, after a short wait for more.
     *
     * @param all whether to hand on those for which older ones of other partitions may come
     */
    List<ConsumerRecord<byte[], byte[]>> come(boolean all) {
        fill(POLL);
        List<ConsumerRecord<byte[], byte[]>> next = new ArrayList<>();
        long arrivedBefore = nanoTime.getAsLong() - HOLD_NANOS;
        while (!ready.isEmpty() && (all || ready.element().queue.element().at - arrivedBefore <= 0)) {
            next.add(take());
        }
        return next;
    }

    private ConsumerRecord<byte[], byte[]> take() {
        Partition first = ready.poll();
        if (first == null) {
            return null;
        }
        ConsumerRecord<byte[], byte[]> record = first.queue.remove().record;
        if (first.queue.isEmpty()) {
            empty.add(first);
        } else {
            ready.add(first);
        }
        return record;
    }

    private void fill(Duration wait) {
        consumer.resume(consumer.paused());
        consumer.pause(partitions.values().stream()
                .filter(partition ->
                        partition.queue.size() >= AHEAD || consumer.position(partition.name) >= partition.end)
                .map(partition -> partition.name)
                .toList());
        try {
            var records = consumer.poll(wait);
            if (!records.isEmpty() || !records.nextOffsets().isEmpty()) {
                progressAt = nanoTime.getAsLong();
            }
            records.forEach(this::add);
        } catch (OffsetOutOfRangeException e) {
            skip(e);
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        Partition partition = partitions.get(new TopicPartition(record.topic(), record.partition()));
        if (record.offset() < partition.end) {
            partition.queue.add(new Arrival(record, nanoTime.getAsLong()));
            if (partition.queue.size() == 1) {
                ready.add(partition);
                empty.remove(partition);
            }
        }
    }

    private void skip(OffsetOutOfRangeException e) {
        Map<TopicPartition, Long> wanted = e.offsetOutOfRangePartitions();
        consumer.beginningOffsets(wanted.keySet()).forEach((name, beginning) -> {
            gaps.lost(name, wanted.get(name), beginning);
            consumer.seek(name, beginning);
        });
    }
}
