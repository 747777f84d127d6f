package io.yardmaster.client;

import io.yardmaster.schemas.Epoch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the sessions topic on a thread of its own, so that the fence hears of a new session although no assignment of
 * it has come here. Without that topic, or without the right to read it, assignments still fence each other.
 */
final class SessionFollower {
    private static final Logger log = LoggerFactory.getLogger(SessionFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Map<String, Object> config;
    private final String topic;
    private final EpochFence fence;
    private final Duration pause;
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "yardmaster-sessions");
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private boolean troubleLogged;

    SessionFollower(Map<String, Object> config, String topic, EpochFence fence) {
        this(config, topic, fence, PAUSE);
    }

    /** @param pause the wait after a failure before it begins anew */
    SessionFollower(Map<String, Object> config, String topic, EpochFence fence, Duration pause) {
        this.config = config;
        this.topic = topic;
        this.fence = fence;
        this.pause = pause;
    }

    void start() {
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
                followUntilTrouble();
                firstLook.countDown();
            } while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void followUntilTrouble() {
        try (var current = new KafkaConsumer<byte[], byte[]>(config)) {
            consumer = current;
            follow(current);
        } catch (WakeupException e) {
            log.debug("stops following {}", topic);
        } catch (KafkaException e) {
            trouble(e.getMessage());
        } catch (RuntimeException | Error e) {
            // Any error ends this attempt, not the thread.
            trouble(e.toString());
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> current) {
        if (stopped.getCount() > 0 && current.partitionsFor(topic).isEmpty()) {
            trouble("there is no such topic");
            return;
        }
        var partition = new TopicPartition(topic, 0);
        current.assign(List.of(partition));
        current.seekToBeginning(List.of(partition));
        long end = current.endOffsets(List.of(partition)).get(partition);
        while (stopped.getCount() > 0) {
            if (current.position(partition) >= end) {
                firstLook.countDown();
            }
            current.poll(POLL).forEach(this::observe);
        }
    }

    private void observe(ConsumerRecord<byte[], byte[]> session) {
        troubleLogged = false;
        Epoch.read(session.headers()).ifPresent(fence::observe);
    }

    private void trouble(String what) {
        if (!troubleLogged) {
            log.warn("cannot follow {}, old sessions are only fenced by newer assignments: {}", topic, what);
            troubleLogged = true;
        }
    }
}
