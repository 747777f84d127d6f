package io.yardmaster.bench.load;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that takes assignments as execution managers do, without reading them. */
public final class FleetConsumer {
    private FleetConsumer() {}

    /** Has subscribed to nothing yet, and commits only when asked to; a poll returns at most {@code atOnce} records. */
    public static KafkaConsumer<byte[], byte[]> open(String bootstrapServers, String group, int atOnce) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        atOnce),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
