package io.yardmaster.client;

import io.yardmaster.schemas.Host;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the scheduler what this host has, again and again, on a thread of its own. It goes on while Kafka or the registry is away;
 * any other error stops the execution manager.
 */
final class Heartbeats {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** The scheduler takes its tasks away from a host that was silent for longer, 40 s, so that they have ended before. */
    private static final Duration MOST_SILENCE = Duration.ofSeconds(25);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Serializer<Host> values;
    private final String pool;
    private final HostProfile profile;
    private final StopRequest stop;
    private final InstantSource clock;
    private final LongSupplier ticker;

    private Thread thread;
    private long incarnation;
    private int partition;
    private Map<String, Long> total = Map.of();
    private boolean urgent;
    private boolean closed;
    /** When the latest heartbeat of this incarnation that Kafka has was sent. */
    private long heard;

    private int failures;

    /** Begins nothing before {@link #begin}. */
    Heartbeats(
            Producer<byte[], byte[]> producer,
            String topic,
            Serializer<Host> values,
            String pool,
            HostProfile profile,
            StopRequest stop,
            ExecutionOptions options) {
        this.producer = producer;
        this.topic = topic;
        this.values = values;
        this.pool = pool;
        this.profile = profile;
        this.stop = stop;
        this.clock = options.clock();
        this.ticker = options.ticker();
    }

    HostProfile profile() {
        return profile;
    }

    /** From now on heartbeats are of this incarnation, which reads this partition of the dispatch topic. */
    synchronized void begin(long newIncarnation, int newPartition) {
        incarnation = newIncarnation;
        partition = newPartition;
        total = profile.total();
        heard = ticker.getAsLong();
        beatNow();
        if (thread == null) {
            thread = new Thread(this::run, "yardmaster-heartbeats");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Asks for no more tasks: the host seems to have nothing any more. Its tasks go on. */
    synchronized void drain() {
        total = Map.of();
        beatNow();
    }

    private void beatNow() {
        urgent = true;
        notifyAll();
    }

    /** True if Kafka has had no heartbeat for so long that the scheduler may soon give the host's tasks to others. */
    synchronized boolean isSilent() {
        return ticker.getAsLong() - heard > MOST_SILENCE.toNanos();
    }

    /**
     * Ends the heartbeats.
     *
     * @param farewell true to say that this incarnation is gone, so that others get its tasks at once
     */
    void close(boolean farewell, Duration limit) {
        boolean begun;
        synchronized (this) {
            closed = true;
            begun = thread != null;
            notifyAll();
        }
        try {
            if (farewell && begun) {
                send(incarnation + 1, Map.of());
            }
            producer.close(farewell ? limit : Duration.ZERO);
        } catch (KafkaException e) {
            log.warn("the scheduler may hear late that host {} is gone: {}", profile.name(), e.toString());
        }
    }

    private void run() {
        try {
            while (awaitBeat()) {
                beat();
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False once it was closed. */
    private synchronized boolean awaitBeat() throws InterruptedException {
        if (!urgent && !closed) {
            TimeUnit.NANOSECONDS.timedWait(this, PERIOD.toNanos());
        }
        urgent = false;
        return !closed;
    }

    private void beat() {
        long current;
        Map<String, Long> amounts;
        synchronized (this) {
            current = incarnation;
            amounts = total;
        }
        try {
            send(current, amounts);
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            answered(current, 0, e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the answer
    private void send(long current, Map<String, Long> amounts) {
        var value = new Host(pool, profile.name(), current, amounts, profile.labels(), partition, clock.instant());
        byte[] key = pool.getBytes(StandardCharsets.UTF_8);
        long sent = ticker.getAsLong();
        producer.send(
                new ProducerRecord<>(topic, key, values.serialize(topic, value)),
                (where, error) -> answered(current, sent, error));
    }

    private synchronized void answered(long sender, long sent, Throwable error) {
        if (error == null) {
            failures = 0;
            heard = sender == incarnation && sent - heard > 0 ? sent : heard;
        } else if (closed) {
            log.debug("a last heartbeat was not written", error);
        } else if (OutcomeErrors.mayPass(error)) {
            failures++;
            if (failures == 1) {
                log.warn("heartbeats cannot be written to topic {} now: {}", topic, error.toString());
            }
        } else {
            stop.requestFor(new HeartbeatsNotWrittenException(topic, error));
        }
    }
}
