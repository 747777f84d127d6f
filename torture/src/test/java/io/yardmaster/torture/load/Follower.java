package io.yardmaster.torture.load;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;

/** Reads a topic from its beginning, {@code read_committed}, in a thread of its own. */
final class Follower<V extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final KafkaConsumer<Long, V> consumer;
    private final Consumer<ConsumerRecord<Long, V>> reader;
    private final Thread thread;
    private volatile boolean closing;

    Follower(Map<String, String> settings, Topic<V> topic, Consumer<ConsumerRecord<Long, V>> reader) {
        this.reader = reader;
        consumer = new KafkaConsumer<>(
                new HashMap<>(Map.of(
                        "bootstrap.servers",
                        settings.get("kafka.bootstrap.servers"),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest")),
                new LongDeserializer(),
                readable(ValueSerdes.of(topic, settings).deserializer()));
        String name = TopicNames.from(settings).of(topic);
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(info -> new TopicPartition(name, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = new Thread(this::follow, "follower of " + topic.id());
    }

    /** The load writes some values that nobody can read; null stands for them. */
    private static <V> Deserializer<V> readable(Deserializer<V> values) {
        return (topic, bytes) -> {
            try {
                return bytes == null ? null : values.deserialize(topic, bytes);
            } catch (RuntimeException e) {
                return null;
            }
        };
    }

    void start() {
        thread.start();
    }

    private void follow() {
        try (consumer) {
            while (!closing) {
                consumer.poll(POLL).forEach(reader);
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
            }
        }
    }

    /** The positions from which it reads on. */
    Map<TopicPartition, Long> positions() {
        return positions;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
