package io.yardmaster.topology;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.DispatchWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The sub-topology of placement in a TopologyTestDriver. */
final class PlacementDriver implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMillis(100);

    private final SchedulerConfig config = SchedulerConfig.from(
            Map.of("schema.registry.url", "mock://placement-test", "plan.interval", INTERVAL.toMillis() + "ms"));
    private final TopicNames topics = config.topics();
    private final TopologyTestDriver driver;
    private long millis;
    private int partitions = 2;
    /** The difference of the machine's clock from that of Streams, which does not follow when it is put. */
    private long steppedMillis;

    /** @param executor of the planner */
    PlacementDriver(Executor executor) {
        this(executor, 1);
    }

    /** @param shards of which this is the first one */
    PlacementDriver(Executor executor, int shards) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "placement");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                "target/placement-driver/" + ProcessHandle.current().pid());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics.deadLetter());
        properties.put(DeadLetters.LIMIT, DeadLetterLimit.of(Map.of()));
        properties.put(DeadLetters.OVERTAKING_TOPICS, Set.of());
        Topology topology = SchedulerTopology.build(
                config,
                1,
                new DispatchWindow(1, System::nanoTime),
                Observers.none(),
                LivePolicies.of(config, 1),
                Optional.of(
                        PlacementOptions.of(config.plans(), shards, executor, this::wallClock, pool -> partitions)));
        driver = new TopologyTestDriver(topology, properties, Instant.EPOCH);
    }

    private long wallClock() {
        return millis + steppedMillis;
    }

    /** Sets the number of partitions of the topic of each pool; 0 if it is not known. */
    void partitions(int count) {
        partitions = count;
    }

    /** Puts the clock of this machine, and those of the hosts, forward. */
    void step(Duration forward) {
        steppedMillis += forward.toMillis();
    }

    void beat(String pool, String name, long incarnation, Map<String, Long> total, int partition) {
        send(
                Topic.HOSTS,
                pool,
                new Host(
                        pool,
                        name,
                        incarnation,
                        total,
                        Map.of("zone", "a"),
                        partition,
                        Instant.ofEpochMilli(wallClock())));
    }

    void offer(String pool, long job, int first, boolean gang, Map<String, Long> needs, Long... assignments) {
        Offer.Builder offer = offer(pool, OfferKind.OFFERED, job, 1);
        offer.setFirstTask(first);
        offer.setAssignmentIds(List.of(assignments));
        offer.setGang(gang);
        offer.setNeeds(needs);
        send(Topic.OFFERS, pool, offer.build());
    }

    void ended(String pool, long job, int task, long assignment) {
        Offer.Builder offer = offer(pool, OfferKind.ENDED, job, 1);
        offer.setEnds(List.of(new OfferEnd(job, task, 0, assignment, false)));
        send(Topic.OFFERS, pool, offer.build());
    }

    void withdraw(String pool, OfferKind kind, long job) {
        Offer.Builder offer = offer(pool, kind, job, 1);
        offer.setReason("paused by ann");
        send(Topic.OFFERS, pool, offer.build());
    }

    static Offer.Builder offer(String pool, OfferKind kind, long job, long session) {
        return Offer.newBuilder()
                .setPool(pool)
                .setKind(kind)
                .setJobId(job)
                .setSessionId(session)
                .setResourceGroupId(7)
                .setReadyAt(Instant.ofEpochMilli(5))
                .setTimeoutMs(6);
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String pool, V value) {
        byte[] bytes = ValueSerdes.of(topic, config.serde()).serializer().serialize(topics.of(topic), value);
        sendRaw(topic, pool.getBytes(StandardCharsets.UTF_8), bytes);
    }

    void sendRaw(Topic<?> topic, byte[] key, byte[] value) {
        driver.createInputTopic(topics.of(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value));
    }

    /** Sets the entry of a pool. */
    void policy(String pool, String placement, boolean paused) {
        send(
                Topic.POLICY,
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setFields(List.of("placement", "paused"))
                        .setPlacement(placement)
                        .setPaused(paused)
                        .build());
    }

    /** Sets the entry of a pool that places tasks on hosts. */
    void strategy(String pool, String strategy) {
        send(
                Topic.POLICY,
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setFields(List.of("placement", "strategy"))
                        .setPlacement("hosts")
                        .setStrategy(strategy)
                        .build());
    }

    /** Publishes a session as the shards do. */
    void session(long session) {
        driver.createInputTopic(topics.of(Topic.SESSIONS), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        Topic.SESSIONS_KEY.getBytes(StandardCharsets.UTF_8),
                        new byte[0],
                        new RecordHeaders().add(Epoch.HEADER, Epoch.encode(session))));
    }

    void tick() {
        millis += INTERVAL.toMillis();
        driver.advanceWallClockTime(INTERVAL);
    }

    void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= INTERVAL.toMillis()) {
            tick();
        }
    }

    /** Lets the time pass in one step, as if the instance had stood still. */
    void stall(Duration time) {
        millis += time.toMillis();
        driver.advanceWallClockTime(time);
    }

    /** The records of a topic since the last call. */
    List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    <V extends SpecificRecord> List<V> values(Topic<V> topic, String name) {
        var values = ValueSerdes.of(topic, config.serde()).deserializer();
        return written(name).stream()
                .map(each -> values.deserialize(name, each.value()))
                .toList();
    }

    TopicNames topics() {
        return topics;
    }

    @Override
    public void close() {
        driver.close();
    }
}
