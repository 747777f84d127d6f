package io.yardmaster.bench.failover;

import io.yardmaster.bench.BenchException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees assignments as soon as a {@code read_committed} reader can. */
final class DispatchTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Begins at the topic's end. */
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

    /**
     * Waits for an assignment that the broker appended after this time, in ms since 1970, and returns the time of its
     * arrival, on the clock of {@link System#nanoTime}.
     */
    long awaitAppendedAfter(long time, Duration patience) {
        long start = System.nanoTime();
        while (true) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                if (message.timestamp() > time) {
                    return System.nanoTime();
                }
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new BenchException("no assignment within %s s".formatted(patience.toSeconds()));
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
