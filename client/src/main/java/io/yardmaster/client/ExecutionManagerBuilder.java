package io.yardmaster.client;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** Describes an execution manager and starts it. */
public final class ExecutionManagerBuilder {
    private Map<String, String> settings = Map.of();
    private AssignmentHandler handler;
    private int parallelism = 1;
    private RetryPolicy retries = RetryPolicy.DEFAULT;
    private ReportListener listener = ReportListener.NONE;
    private Duration revokeGrace = Duration.ofSeconds(10);
    private LongSupplier ticker = System::nanoTime;

    ExecutionManagerBuilder() {}

    /**
     * {@code bootstrap.servers} (needed), {@code dispatch.group} (default {@code yardmaster-ems}),
     * {@code schema.registry.url}, {@code value.serde}, {@code topic.*}, and any setting of a Kafka consumer, also with
     * the prefix {@code kafka.}; other keys are ignored.
     */
    public ExecutionManagerBuilder settings(Map<String, String> values) {
        settings = Map.copyOf(values);
        return this;
    }

    public ExecutionManagerBuilder handler(AssignmentHandler value) {
        handler = value;
        return this;
    }

    /** How many assignments run at once, each on a thread; default 1. As many more are taken in advance. */
    public ExecutionManagerBuilder parallelism(int value) {
        parallelism = value;
        return this;
    }

    public ExecutionManagerBuilder retries(RetryPolicy value) {
        retries = value;
        return this;
    }

    public ExecutionManagerBuilder listener(ReportListener value) {
        listener = value;
        return this;
    }

    /**
     * How long a partition that goes to another execution manager is kept for what runs there; default 10 s. New work
     * of other partitions waits meanwhile. Must be shorter than {@code max.poll.interval.ms}.
     */
    public ExecutionManagerBuilder revokeGrace(Duration value) {
        revokeGrace = value;
        return this;
    }

    /** A monotonic clock in nanoseconds, by which commits are paced and limits are kept; default the system's. */
    public ExecutionManagerBuilder ticker(LongSupplier value) {
        ticker = value;
        return this;
    }

    /**
     * Starts it and returns at once; the broker need not be there yet.
     *
     * @throws IllegalArgumentException for a value of this builder that cannot be
     * @throws ConfigException for a setting that cannot be; the message names it
     */
    public ExecutionManager start() {
        var options = new Options(handler, parallelism, retries, listener, revokeGrace, ticker);
        var client = new ClientSettings(settings);
        var names = TopicNames.from(settings);
        var fence = new EpochFence();
        var stop = new StopSignal(ticker);
        var decoder = new AssignmentDecoder(settings);
        var config = client.forAssignments(parallelism);
        checkGrace(new ConsumerConfig(config).getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG));
        var consumer = connect(config);
        var workers = new Workers(options);
        var loop = new PollLoop(consumer, names.of(Topic.DISPATCH), decoder, fence, workers, stop, options);
        var sessions = new SessionFollower(client.forSessions(), names.of(Topic.SESSIONS), fence);
        var manager = new ExecutionManager(loop, sessions, workers, stop);
        manager.start();
        return manager;
    }

    private void checkGrace(int maxPollIntervalMillis) {
        if (revokeGrace.toMillis() >= maxPollIntervalMillis) {
            throw new IllegalArgumentException("revokeGrace is " + revokeGrace
                    + ", must be shorter than max.poll.interval.ms, which is " + maxPollIntervalMillis);
        }
    }

    private static KafkaConsumer<byte[], byte[]> connect(Map<String, Object> config) {
        try {
            return new KafkaConsumer<>(config);
        } catch (KafkaException e) {
            throw e.getCause() instanceof ConfigException known ? known : e;
        }
    }
}
