package io.yardmaster.topology;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maximum size of this instance's dead letters: at first the most that its producers send, and less once a broker
 * has refused one, because the topic's {@code max.message.bytes} may be changed at any time. Thread-safe.
 */
final class DeadLetterLimit {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLimit.class);

    /** Any letter without key, value and headers of the refused record fits into this size. */
    static final int LEAST = 4 << 10;

    private final AtomicInteger bytes;

    private DeadLetterLimit(int bytes) {
        this.bytes = new AtomicInteger(bytes);
    }

    /** @param kafka the settings of Streams and its clients, which Kafka has accepted */
    static DeadLetterLimit of(Map<String, ?> kafka) {
        long request = number(kafka, ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        long buffer = number(kafka, ProducerConfig.BUFFER_MEMORY_CONFIG);
        return new DeadLetterLimit((int) Math.min(Math.min(request, buffer), Integer.MAX_VALUE));
    }

    /** The prefixed setting wins, as in Streams. */
    private static long number(Map<String, ?> kafka, String name) {
        Object set = kafka.get(StreamsConfig.producerPrefix(name));
        ConfigDef definition = ProducerConfig.configDef();
        Object value = set != null ? set : kafka.get(name);
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        return ((Number) (value == null ? key.defaultValue : ConfigDef.parseType(name, value, key.type))).longValue();
    }

    int bytes() {
        return bytes.get();
    }

    /** Lowers the limit, so that the next attempt at the same letter leaves out more of it. */
    void refused(String topic, int size) {
        int half = Math.max(LEAST, size / 2);
        if (bytes.getAndAccumulate(half, Math::min) > half) {
            LOG.warn(
                    "the broker refused a dead letter of {} bytes in {} (see its max.message.bytes): from now on letters"
                            + " larger than {} bytes are shortened",
                    size,
                    topic,
                    half);
        }
    }
}
