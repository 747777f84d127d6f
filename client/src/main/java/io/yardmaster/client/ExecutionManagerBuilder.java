package io.yardmaster.client;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** Describes an execution manager and starts it. */
public final class ExecutionManagerBuilder {
    private static final Duration DEFAULT_CANCEL_GRACE = Duration.ofSeconds(5);

    private Map<String, String> settings = Map.of();
    private AssignmentHandler handler;
    private int parallelism = 1;
    private RetryPolicy retries = RetryPolicy.DEFAULT;
    private ReportListener listener = ReportListener.NONE;
    private Duration revokeGrace = Duration.ofSeconds(10);
    /** Null means the default. */
    private Duration cancelGrace;

    private LongSupplier ticker = System::nanoTime;
    private InstantSource clock = InstantSource.system();
    /** Null means the default. */
    private String worker;

    private boolean outcomes = true;
    /** Null for a member of a group. */
    private HostProfile host;

    private long incarnation;

    ExecutionManagerBuilder() {}

    /**
     * {@code bootstrap.servers} (needed), {@code dispatch.group} (default {@code yardmaster-ems}),
     * {@code dispatch.group.type} ({@code consumer}, the default, or {@code share}), {@code dispatch.pool} (a pool, whose topic and group
     * have its name at their ends; default none, which is the default pool), {@code schema.registry.url},
     * {@code value.serde}, {@code topic.*}, and any setting of a Kafka consumer, also with the prefix {@code kafka.}. With
     * the prefix also any setting of a Kafka producer, for the one that writes outcomes.
     * For a share group also Kafka's settings of a share group, such as {@code share.delivery.count.limit} or
     * {@code share.record.lock.duration.ms}. With {@code dispatch.group.check=false} the execution manager neither
     * looks at nor sets a share group's configuration, and joins a consumer group although it has no offsets and the
     * topic has assignments. A misspelt key that begins with {@code dispatch.} or {@code schema.registry.}, or is nearly one of Kafka's
     * behind {@code kafka.}, is refused. Other keys are ignored, such as those of the scheduler.
     */
    public ExecutionManagerBuilder settings(Map<String, String> values) {
        settings = Map.copyOf(values);
        return this;
    }

    public ExecutionManagerBuilder handler(AssignmentHandler value) {
        handler = value;
        return this;
    }

    /**
     * Sets how many assignments run at once, each on a thread; default 1. A consumer group's member takes as many more
     * in advance; in a share group nothing is taken in advance, and this is the number of members that the execution
     * manager has in the group.
     */
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
     * Sets how long a partition that goes to another execution manager is kept while assignments of it still run;
     * default 10 s. New work of other partitions waits meanwhile. Must be shorter than {@code max.poll.interval.ms}. It
     * has no effect in a share group, where an assignment stays with the member that took it.
     */
    public ExecutionManagerBuilder revokeGrace(Duration value) {
        revokeGrace = value;
        return this;
    }

    /**
     * Sets how long the execution manager waits for a cancelled handler before it gives the assignment back or begins
     * the same task anew; default 5 s, or less where {@code max.poll.interval.ms} leaves less beside
     * {@link #revokeGrace}. A value set here must fit in there. So a handler that heeds its cancellation never runs
     * beside its successor in this process, nor beside the next owner after an orderly revocation or close.
     */
    public ExecutionManagerBuilder cancelGrace(Duration value) {
        cancelGrace = value;
        return this;
    }

    /** Sets a monotonic clock in nanoseconds, which paces commits and measures limits; default the system's. */
    public ExecutionManagerBuilder ticker(LongSupplier value) {
        ticker = value;
        return this;
    }

    /** Sets the clock for the times in outcomes; default the system's. */
    public ExecutionManagerBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /**
     * Sets the name of this execution manager in its outcomes, of 1 to 200 characters; default the host's name and the id of
     * this process, with a hyphen in between.
     */
    public ExecutionManagerBuilder worker(String value) {
        worker = value;
        return this;
    }

    /**
     * Writes no outcomes: nobody but the listener hears how assignments ended, and the scheduler takes them for ended when
     * their offset is committed, and tasks of graphs for succeeded (O3). Neither the topic of outcomes nor a permission to write it is needed then.
     */
    public ExecutionManagerBuilder withoutOutcomes() {
        outcomes = false;
        return this;
    }

    /**
     * Works as a host of a pool whose placement is by hosts, in no group: it tells the scheduler every 2 s what it has, reads a partition
     * of the pool's dispatch topic, and runs the assignments that name it. The {@link #parallelism} should be as many tasks as its
     * resources allow. A host that Kafka has not heard of for 25 s cancels its tasks and starts anew, since the scheduler gives them to others.
     *
     * @param started the incarnation: a number that grows with each start of the host, such as the time in epoch ms
     */
    public ExecutionManagerBuilder host(HostProfile value, long started) {
        host = value;
        incarnation = started;
        return this;
    }

    /**
     * Starts it and returns at once; the broker need not be there yet.
     *
     * @throws IllegalArgumentException for an invalid value of this builder
     * @throws ConfigException for an invalid setting; the message names it
     */
    public ExecutionManager start() {
        var client = new ClientSettings(settings);
        Duration cancelled = cancelGrace == null ? defaultCancelGrace(client) : cancelGrace;
        var options =
                new ExecutionOptions(handler, parallelism, retries, listener, revokeGrace, cancelled, ticker, clock);
        var stop = new StopRequest(ticker);
        var engine = Engine.of(options, outcomes ? outcomeProducer(client, stop) : OutcomeWriter.NONE, stop);
        try {
            Membership membership = host != null ? host(client, engine) : group(client, engine);
            var manager = new ExecutionManager(membership, Followers.of(client, settings, engine), engine);
            manager.start();
            return manager;
        } catch (RuntimeException e) {
            engine.closeOutcomes(Duration.ZERO);
            throw e;
        }
    }

    private Membership group(ClientSettings client, Engine engine) {
        String topic = client.topic();
        return client.share() ? shareGroup(client, topic, engine) : consumerGroup(client, topic, engine);
    }

    private Membership host(ClientSettings client, Engine engine) {
        if (client.share()) {
            throw new IllegalArgumentException(
                    "a host is in no group, and " + ClientSettings.GROUP_TYPE + "=share is for a share group");
        }
        if (!outcomes) {
            throw new IllegalArgumentException("a host must write outcomes: without them its tasks never seem to end");
        }
        if (client.pool().isEmpty()) {
            throw new IllegalArgumentException("a host is one of a pool: set " + ClientSettings.POOL);
        }
        var config = client.forHost(parallelism);
        String topic = TopicNames.from(settings).of(Topic.HOSTS);
        var values = ValueSerdes.of(Topic.HOSTS, settings).serializer();
        Producer<byte[], byte[]> producer = connect(() -> new KafkaProducer<>(client.forHeartbeats()));
        var heartbeats = new Heartbeats(producer, topic, values, client.pool(), host, engine.stop(), engine.options());
        try {
            Consumer<byte[], byte[]> consumer = connect(() -> new KafkaConsumer<>(config));
            var decoder = new AssignmentDecoder(settings);
            return new HostLoop(consumer, client.topic(), heartbeats, incarnation, decoder, engine);
        } catch (RuntimeException e) {
            heartbeats.close(false, Duration.ZERO);
            throw e;
        }
    }

    private OutcomeWriter outcomeProducer(ClientSettings client, StopRequest stop) {
        var names = TopicNames.from(settings);
        var access = new OutcomeAccess(client.forBriefAdmin(), names.of(Topic.OUTCOMES), client.topic(), ticker);
        var values = ValueSerdes.of(Topic.OUTCOMES, settings).serializer();
        var records = new TaskOutcomes(worker == null ? WorkerName.ofThisProcess() : WorkerName.checked(worker));
        var config = client.forOutcomes();
        Producer<byte[], byte[]> producer = connect(() -> new KafkaProducer<>(config));
        return new OutcomeProducer(producer, access, values, records, stop, ticker);
    }

    private Membership consumerGroup(ClientSettings client, String topic, Engine engine) {
        var config = client.forAssignments(parallelism);
        Duration maxPollInterval = client.maxPollInterval();
        Duration needed = revokeGrace.plus(cancelGrace == null ? Duration.ZERO : cancelGrace);
        if (needed.compareTo(maxPollInterval) >= 0) {
            String graces = cancelGrace == null ? "" : " and cancelGrace " + cancelGrace;
            throw new IllegalArgumentException("revokeGrace is " + revokeGrace + graces
                    + ", must be shorter than max.poll.interval.ms, which is " + maxPollInterval.toMillis());
        }
        var decoder = new AssignmentDecoder(settings);
        var place = new PlaceCheck(client.forBriefAdmin(), client.group(), topic, ShareGroupSettings.checked(settings));
        return new PollLoop(connect(() -> new KafkaConsumer<>(config)), topic, place, decoder, engine);
    }

    private Membership shareGroup(ClientSettings client, String topic, Engine engine) {
        var check =
                new ShareGroupCheck(client.forAdmin(), client.group(), new ShareGroupSettings(settings), parallelism);
        var members = new ArrayList<ShareMember>();
        try {
            for (int number = 1; number <= parallelism; number++) {
                var config = client.forShareMember(number, ShareMember.RECORDS_PER_POLL);
                // Another serde's decoder need not be thread-safe.
                var decoder = new AssignmentDecoder(settings);
                ShareConsumer<byte[], byte[]> consumer = connect(() -> new KafkaShareConsumer<>(config));
                members.add(new ShareMember(consumer, topic, client.maxPollInterval(), decoder, engine));
            }
        } catch (RuntimeException e) {
            members.forEach(ShareMember::close);
            throw e;
        }
        return new ShareGroup(members, check, engine);
    }

    private Duration defaultCancelGrace(ClientSettings client) {
        Duration left = client.maxPollInterval().minus(revokeGrace).dividedBy(2);
        if (client.share() || left.compareTo(DEFAULT_CANCEL_GRACE) > 0) {
            return DEFAULT_CANCEL_GRACE;
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static <C> C connect(Supplier<C> kafkas) {
        try {
            return kafkas.get();
        } catch (KafkaException e) {
            throw e.getCause() instanceof ConfigException known ? known : e;
        }
    }
}
