package io.yardmaster.bench.failover;

import io.yardmaster.bench.BenchException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees assignments when a {@code read_committed} reader can. */
final class DispatchTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Begins at the end. */
    DispatchTail(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
    }

    /** Waits until one arrives, and returns when that was, on the clock of {@link System#nanoTime}. */
    long awaitNext(Duration patience) {
        long start = System.nanoTime();
        while (consumer.poll(POLL).isEmpty()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new BenchException("no assignment within %d s".formatted(patience.toSeconds()));
            }
        }
        return System.nanoTime();
    }

    /** Passes over what arrives, until nothing has for this long: by then all that the dead instance committed is here. */
    void awaitSilence(Duration silence) {
        long since = System.nanoTime();
        while (System.nanoTime() - since < silence.toNanos()) {
            if (!consumer.poll(POLL).isEmpty()) {
                since = System.nanoTime();
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
