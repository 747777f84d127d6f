package io.yardmaster.bench.failover;

import io.yardmaster.bench.load.FleetConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Takes assignments a few at a time, so that the scheduler always has a little room and never none. */
final class SlowFleet implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::run, "fleet");
    private volatile boolean closing;
    private volatile long firstTakenAt;

    SlowFleet(String bootstrapServers, String topic, String group) {
        consumer = FleetConsumer.open(bootstrapServers, group, AT_ONCE);
        consumer.subscribe(List.of(topic));
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!closing) {
                if (!consumer.poll(Duration.ofMillis(20)).isEmpty()) {
                    consumer.commitSync();
                    firstTakenAt = firstTakenAt == 0 ? System.nanoTime() : firstTakenAt;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Returns after it has been taking assignments for this long. */
    void awaitTaking(Duration time) {
        while (firstTakenAt == 0 || System.nanoTime() - firstTakenAt < time.toNanos()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
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
