package io.yardmaster.torture.checker;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, {@code read_committed}. */
final class TopicReader {
    private final Map<String, String> settings;
    private final TopicNames names;

    TopicReader(Map<String, String> settings) {
        this.settings = settings;
        this.names = TopicNames.from(settings);
    }

    <V extends SpecificRecord, R> List<R> all(Topic<V> topic, BiFunction<ConsumerRecord<byte[], byte[]>, V, R> reader) {
        List<R> all = new ArrayList<>();
        try (var values = ValueSerdes.of(topic, settings).deserializer()) {
            each(
                    names.of(topic),
                    message -> all.add(reader.apply(message, values.deserialize(message.topic(), message.value()))));
        }
        return all;
    }

    void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                settings.get("kafka.bootstrap.servers"),
                "isolation.level",
                "read_committed",
                "exclude.internal.topics",
                false,
                "auto.offset.reset",
                "earliest"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(reader);
            }
        }
    }
}
