package io.yardmaster.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of one partition from its beginning on, in no group, and on a thread of its own. When it cannot, because
 * there is no such topic, say, it warns once, and tries again after a pause.
 */
final class TopicFollower {
    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(5), Duration.ofMinutes(1));

    /** Gets the records in order, and again from the first one on after any failure. */
    @FunctionalInterface
    interface Reader {
        void read(ConsumerRecord<byte[], byte[]> polled) throws RegistryAwayException;

        /** Called when the records of a poll have been read, once a second while none come. */
        default void idle() throws RegistryAwayException {}
    }

    private final Map<String, Object> config;
    private final String topic;
    private final String without;
    private final Reader reader;
    private final RetryPolicy pauses;
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private int failures;

    /** @param without what it means that the topic cannot be read, for the warning */
    TopicFollower(Map<String, Object> config, String topic, String without, Reader reader) {
        this(config, topic, without, reader, PAUSES);
    }

    TopicFollower(Map<String, Object> config, String topic, String without, Reader reader, RetryPolicy pauses) {
        this.config = config;
        this.topic = topic;
        this.without = without;
        this.reader = reader;
        this.pauses = pauses;
    }

    void start() {
        var thread = new Thread(this::run, "yardmaster-follow-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** True once it has read all that was in the topic at its start, or knows that it cannot read the topic now. */
    boolean awaitFirstLook(Duration limit) throws InterruptedException {
        return firstLook.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does not wait. */
    void stop() {
        stopped.countDown();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run() {
        try {
            do {
                connect();
            } while (!stoppedInPause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect() throws InterruptedException {
        try (var current = new KafkaConsumer<byte[], byte[]>(config)) {
            consumer = current;
            // The same consumer looks for a missing topic again: Kafka logs its whole configuration for a new one.
            do {
                followUntilTrouble(current);
            } while (!stoppedInPause());
        } catch (WakeupException e) {
            log.debug("stops following {}", topic);
        } catch (RuntimeException | Error e) {
            // Any error ends this attempt, not the thread.
            trouble(e instanceof KafkaException ? e.getMessage() : e.toString());
        }
    }

    private boolean stoppedInPause() throws InterruptedException {
        firstLook.countDown();
        return stopped.await(pauses.delayAfter(failures).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void followUntilTrouble(KafkaConsumer<byte[], byte[]> current) {
        try {
            current.unsubscribe();
            if (stopped.getCount() > 0 && current.partitionsFor(topic).isEmpty()) {
                trouble("there is no such topic");
                return;
            }
            follow(current, new TopicPartition(topic, 0));
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException | RegistryAwayException e) {
            trouble(e.getMessage());
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> current, TopicPartition partition) throws RegistryAwayException {
        current.assign(List.of(partition));
        current.seekToBeginning(List.of(partition));
        long end = current.endOffsets(List.of(partition)).get(partition);
        boolean anyRead = false;
        while (stopped.getCount() > 0) {
            if (current.position(partition) >= end) {
                firstLook.countDown();
                failures = anyRead ? 0 : failures;
            }
            ConsumerRecords<byte[], byte[]> polled = current.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> each : polled) {
                reader.read(each);
            }
            reader.idle();
            anyRead |= !polled.isEmpty();
        }
    }

    private void trouble(String what) {
        failures++;
        if (failures == 1) {
            log.warn("cannot follow {}, {}: {}", topic, without, what);
        }
    }
}
