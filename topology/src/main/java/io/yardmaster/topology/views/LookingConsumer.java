package io.yardmaster.topology.views;

import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records, in no group, for somebody who looks at them. */
final class LookingConsumer {
    /** Requests time out early because the records are only shown, and other callers wait meanwhile. */
    private static final int PATIENCE_MS = 2_000;

    private LookingConsumer() {}

    static Consumer<byte[], byte[]> open(SchedulerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
