package io.yardmaster.bench.load;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Computes the size of a changelog after compaction. */
public final class ChangelogReader {
    private static final Duration POLL = Duration.ofMillis(500);

    private ChangelogReader() {}

    /** Keys and newest values of all these topics, in bytes. */
    public static long liveBytes(String bootstrapServers, Collection<String> topics) {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> reader.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            Map<ByteBuffer, Integer> live = new HashMap<>();
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                reader.poll(POLL).forEach(record -> put(live, record));
            }
            return live.values().stream().mapToLong(size -> size).sum();
        }
    }

    private static void put(Map<ByteBuffer, Integer> live, ConsumerRecord<byte[], byte[]> record) {
        // Changelogs of one application have different keys, or are read one by one.
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (record.value() == null) {
            live.remove(key);
        } else {
            live.put(key, record.key().length + record.value().length);
        }
    }
}
