package io.yardmaster.topology.views;

import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed records, in no group, for somebody who looks at them. It connects when it is first needed, and anew after a
 * failure, of which the first of several in a row is logged. For use by one thread at a time.
 */
final class LookingConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookingConsumer.class);

    /** Requests time out early because the records are only shown, and other callers wait meanwhile. */
    private static final int PATIENCE_MS = 2_000;

    private final String shown;
    private final Supplier<Consumer<byte[], byte[]>> open;
    private Consumer<byte[], byte[]> consumer;
    private boolean failed;
    private boolean closed;

    /** Something to read. */
    interface Reading {
        /**
         * Reads the records that somebody looks at.
         *
         * @param isNew whether the consumer was opened for this reading, and has no partitions yet
         */
        void read(Consumer<byte[], byte[]> consumer, boolean isNew);
    }

    /**
     * Does not connect yet.
     *
     * @param shown names the records in the log
     * @param open makes a consumer of committed records
     */
    LookingConsumer(String shown, Supplier<Consumer<byte[], byte[]>> open) {
        this.shown = shown;
        this.open = open;
    }

    static Consumer<byte[], byte[]> open(SchedulerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads, unless closed; a failure of Kafka ends the reading and is logged. */
    void look(Reading reading) {
        if (closed) {
            return;
        }
        try {
            boolean isNew = consumer == null;
            if (isNew) {
                consumer = open.get();
            }
            reading.read(consumer, isNew);
            failed = false;
        } catch (KafkaException e) {
            if (!failed) {
                LOG.info("{} cannot be shown: {}", shown, e.getMessage());
            }
            failed = true;
            disconnect();
        }
    }

    /** Waits for nobody: there is no group to leave, and the broker may be away. */
    private void disconnect() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            consumer = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }
}
