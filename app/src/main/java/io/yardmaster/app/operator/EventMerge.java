package io.yardmaster.app.operator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Merges the events of several partitions by their times. Memory is bounded by the number of partitions: a partition that is
 * ahead of the others is paused.
 */
final class EventMerge {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int AHEAD = 500;

    private final Consumer<byte[], byte[]> consumer;
    private final Function<ConsumerRecord<byte[], byte[]>, Optional<TracedEvent>> reader;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Queue<TracedEvent>> waiting = new LinkedHashMap<>();
    private final Set<TopicPartition> open = new HashSet<>();

    /**
     * Merges what the consumer reads from its positions on.
     *
     * @param reader empty for a record that does not count
     * @param ends the offsets at which to stop, by partition
     */
    EventMerge(
            Consumer<byte[], byte[]> consumer,
            Function<ConsumerRecord<byte[], byte[]>, Optional<TracedEvent>> reader,
            Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.reader = reader;
        this.ends = ends;
        ends.keySet().forEach(partition -> waiting.put(partition, new ArrayDeque<>()));
        open.addAll(ends.keySet());
        closeEnded();
    }

    /** Hands on all events, unless stopped; then every partition is resumed. */
    void forEach(java.util.function.Consumer<TracedEvent> out, BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            if (open.stream().anyMatch(partition -> waiting.get(partition).isEmpty())) {
                fill();
                continue;
            }
            Optional<Queue<TracedEvent>> next = waiting.values().stream()
                    .filter(events -> !events.isEmpty())
                    .min(Comparator.comparing(events -> events.element().event().getAt()));
            if (next.isEmpty()) {
                break;
            }
            out.accept(next.get().remove());
        }
        consumer.resume(consumer.paused());
    }

    private void fill() {
        Collection<TopicPartition> full = waiting.entrySet().stream()
                .filter(partition -> partition.getValue().size() >= AHEAD)
                .map(Map.Entry::getKey)
                .toList();
        consumer.resume(consumer.paused());
        consumer.pause(full);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() < ends.get(partition)) {
                reader.apply(record).ifPresent(waiting.get(partition)::add);
            }
        }
        closeEnded();
    }

    private void closeEnded() {
        open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
    }
}
