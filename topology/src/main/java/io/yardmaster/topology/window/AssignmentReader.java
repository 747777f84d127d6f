package io.yardmaster.topology.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads from the dispatch topic which offsets hold assignments, and the id and shard of each. */
public final class AssignmentReader implements AutoCloseable {
    /** Stands for the id of a record that is no assignment; no shard counts such a record. */
    public static final long NO_ID = -1;

    private static final int NO_SHARD = -1;

    private static final Duration POLL = Duration.ofMillis(100);
    /** A reading that gets nothing for longer fails, and the next refresh tries again. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final ToLongFunction<byte[]> idOf;
    private final LongToIntFunction shardOf;
    private final int limit;

    /**
     * Connects.
     *
     * @param kafka how to connect, for a consumer
     * @param idOf id of an assignment's bytes; {@link #NO_ID} if they are no assignment
     * @param shardOf shard of the assignment with an id
     * @param limit number of records after which a reading stops: with more outstanding than the window is wide, the
     *     exact count makes no difference
     */
    public AssignmentReader(
            Map<String, Object> kafka, ToLongFunction<byte[]> idOf, LongToIntFunction shardOf, int limit) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.keySet().removeAll(Set.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.idOf = idOf;
        this.shardOf = shardOf;
        this.limit = limit;
    }

    /** An assignment in the topic. */
    public record Found(long offset, long id) {}

    /** Assignments found by partition and shard, and the offset up to which each partition was read. */
    public record Reading(Map<TopicPartition, Map<Integer, List<Found>>> found, Map<TopicPartition, Long> ends) {
        long end(TopicPartition partition) {
            return ends.get(partition);
        }

        long count(TopicPartition partition) {
            return found.get(partition).values().stream().mapToLong(List::size).sum();
        }

        List<Found> assignments(TopicPartition partition, int shard) {
            return found.get(partition).getOrDefault(shard, List.of());
        }
    }

    /** Reads each partition from its start, or from its first kept record if that is later, to its end or the limit. */
    Reading read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        consumer.assign(ends.keySet());
        consumer.beginningOffsets(ends.keySet())
                .forEach(
                        (partition, beginning) -> consumer.seek(partition, Math.max(beginning, starts.get(partition))));
        Map<TopicPartition, Map<Integer, List<Found>>> found = new HashMap<>();
        ends.keySet().forEach(partition -> found.put(partition, new HashMap<>()));
        readInto(found, ends);
        Map<TopicPartition, Long> read = new HashMap<>();
        ends.forEach((partition, end) ->
                read.put(partition, Math.max(starts.get(partition), Math.min(end, consumer.position(partition)))));
        consumer.unsubscribe();
        return new Reading(found, read);
    }

    private void readInto(Map<TopicPartition, Map<Integer, List<Found>>> found, Map<TopicPartition, Long> ends) {
        long progressAt = System.nanoTime();
        Set<TopicPartition> unread = new HashSet<>(ends.keySet());
        int count = 0;
        while (count <= limit) {
            unread.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            if (unread.isEmpty()) {
                return;
            }
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty() || !polled.nextOffsets().isEmpty()) {
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > PATIENCE_NANOS) {
                throw new TimeoutException("nothing more can be read of " + unread);
            }
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    long id = idOf.applyAsLong(record.value());
                    found.get(partition)
                            .computeIfAbsent(id < 0 ? NO_SHARD : shardOf.applyAsInt(id), shard -> new ArrayList<>())
                            .add(new Found(record.offset(), id));
                    count++;
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
