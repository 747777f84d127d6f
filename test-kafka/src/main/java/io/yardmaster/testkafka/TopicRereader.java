package io.yardmaster.testkafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads topics from their beginning, each time anew, as a {@code read_committed} consumer sees them. A test that waits for a
 * record reads its topic dozens of times, and a new client each time would cost far more than the records.
 */
public final class TopicRereader<K, V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<K, V> consumer;

    public TopicRereader(Map<String, ?> settings, Deserializer<K> keys, Deserializer<V> values) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(all, keys, values);
    }

    /** All records of a topic so far. */
    public synchronized List<ConsumerRecord<K, V>> records(String topic) {
        return records(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
    }

    /** All records of these partitions so far. */
    public synchronized List<ConsumerRecord<K, V>> records(List<TopicPartition> partitions) {
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
