package io.yardmaster.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches commands for a stream thread's consumer while that has events in advance, as it fetches nothing from a broker before it
 * has handed out all that the broker sent: see decision 41. A second consumer, in no group, reads on at the position of the first
 * one, which then goes on behind the records that the second one found. So Streams gets each record once, as if the first had
 * fetched it, and their offsets are committed like all others.
 *
 * <p>The second consumer is made for the first records, so that it is connected when there is a backlog, and does nothing while none
 * come. Used by the stream thread alone.
 */
final class OvertakingFetch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OvertakingFetch.class);
    private static final long INTERVAL_NANOS = Duration.ofMillis(2).toNanos();
    private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<byte[], byte[]> first;
    private final Supplier<Consumer<byte[], byte[]>> open;
    private final Set<String> topics;
    private final LongSupplier nanoTime;
    /** The offsets at which the second consumer goes on, by its partitions. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private Consumer<byte[], byte[]> second;
    private boolean failed;
    private long notBefore;

    /**
     * Does not connect yet.
     *
     * @param open makes the second consumer
     * @param topics to fetch
     */
    OvertakingFetch(
            Consumer<byte[], byte[]> first,
            Supplier<Consumer<byte[], byte[]>> open,
            Set<String> topics,
            LongSupplier nanoTime) {
        this.first = first;
        this.open = open;
        this.topics = topics;
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
    }

    /** Makes one whose second consumer has the settings of the first, apart from its group's. */
    static OvertakingFetch of(Consumer<byte[], byte[]> first, Map<String, Object> config, Set<String> topics) {
        Map<String, Object> own = new HashMap<>(config);
        own.keySet().removeIf(key -> key.startsWith("__"));
        own.keySet()
                .removeAll(Set.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG));
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, config.get(ConsumerConfig.CLIENT_ID_CONFIG) + "-overtaking");
        return new OvertakingFetch(
                first,
                () -> new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topics,
                System::nanoTime);
    }

    /**
     * Returns the records that the first consumer polled and, if there are any, the commands that the second one has, these at
     * most every 2 ms. Waits for nothing.
     */
    ConsumerRecords<byte[], byte[]> addTo(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty() || topics.isEmpty()) {
            return polled;
        }
        long now = nanoTime.getAsLong();
        if (now - notBefore < 0) {
            return polled;
        }
        notBefore = now + INTERVAL_NANOS;
        try {
            ConsumerRecords<byte[], byte[]> found = fetch();
            failed = false;
            return found.nextOffsets().isEmpty() ? polled : merged(polled, found);
        } catch (RetriableException | WakeupException e) {
            // The next poll tries again; a wake that comes now is late, as the thread does not rest.
            return polled;
        } catch (KafkaException e) {
            if (!failed) {
                LOG.warn(
                        "commands wait for the events before them, as they cannot be fetched beside: {}",
                        e.getMessage());
            }
            failed = true;
            notBefore = now + AFTER_FAILURE_NANOS;
            close();
            return polled;
        }
    }

    private ConsumerRecords<byte[], byte[]> fetch() {
        if (second == null) {
            second = open.get();
        }
        Set<TopicPartition> wanted = new HashSet<>(first.assignment());
        wanted.removeIf(partition -> !topics.contains(partition.topic()));
        wanted.removeAll(first.paused());
        if (!positions.keySet().equals(wanted)) {
            positions.clear();
            second.assign(wanted);
            wanted.forEach(partition -> positions.put(partition, -1L));
        }
        if (wanted.isEmpty()) {
            return ConsumerRecords.empty();
        }
        for (TopicPartition partition : wanted) {
            long position = first.position(partition, Duration.ZERO);
            if (position != positions.get(partition)) {
                second.seek(partition, position);
                positions.put(partition, position);
            }
        }
        ConsumerRecords<byte[], byte[]> found = second.poll(Duration.ZERO);
        found.nextOffsets().forEach((partition, next) -> {
            first.seek(partition, next);
            positions.put(partition, next.offset());
        });
        return found;
    }

    private static ConsumerRecords<byte[], byte[]> merged(
            ConsumerRecords<byte[], byte[]> polled, ConsumerRecords<byte[], byte[]> found) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        polled.partitions().forEach(partition -> records.put(partition, polled.records(partition)));
        for (TopicPartition partition : found.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records.getOrDefault(partition, List.of()));
            all.addAll(found.records(partition));
            records.put(partition, all);
        }
        Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>(polled.nextOffsets());
        nextOffsets.putAll(found.nextOffsets());
        return new ConsumerRecords<>(records, nextOffsets);
    }

    /** Waits for nobody. Later records make another consumer. */
    @Override
    public void close() {
        positions.clear();
        if (second != null) {
            second.close(CloseOptions.timeout(Duration.ZERO));
            second = null;
        }
    }
}
