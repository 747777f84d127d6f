package io.yardmaster.topology;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.window.ReadPositions;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a TopologyTestDriver, with a window that a test sets by hand. */
final class SchedulerDriver implements AutoCloseable {
    static final long GROUP = 7;

    private static final TopicPartition OUTCOMES = new TopicPartition("outcomes", 0);

    private static final Duration MOST_AT_ONCE = Duration.ofSeconds(30);

    private final SchedulerConfig config;
    private final TopologyTestDriver driver;
    private final TopicNames topics = TopicNames.defaults();
    private final LongSerializer keys = new LongSerializer();
    final RecordingMeters meters = new RecordingMeters();
    private final Observers observers = new Observers(meters);
    int available = 1_024;
    /** The assignments that the window was told have ended. */
    final List<Long> released = new ArrayList<>();
    /** The assignments that the group has committed. */
    final Set<Long> taken = new HashSet<>();
    /** The assignments that the groups of pools have committed. */
    final Set<Long> takenOfPools = new HashSet<>();
    /** The assignments that the windows of pools were told have ended. */
    final List<Long> releasedOfPools = new ArrayList<>();
    /** The pools whose topics are not there. */
    final Set<String> poolsWithoutTopic = new HashSet<>();

    /** The offset behind the outcomes that were written; null for no answer, as the broker is away. */
    Long outcomesWritten;

    /** The offset behind the outcomes that were read in committed transactions. */
    long outcomesRead;

    /** True if the execution managers are a share group. */
    boolean isShareGroup;

    private long poolChanges;
    /** The partition that each refused task avoids. */
    final List<Integer> avoided = new ArrayList<>();

    SchedulerDriver(String... settings) {
        this(1, settings);
    }

    /** Runs the first of a number of shards. */
    SchedulerDriver(int shards, String... settings) {
        Map<String, String> map = new HashMap<>(Map.of("schema.registry.url", "mock://topology-test"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        config = SchedulerConfig.from(map);
        Window window = new Window() {
            @Override
            public ShardWindow open(int shard) {
                return shardWindow(taken, released);
            }

            @Override
            public Window pool(String pool) {
                return poolsWithoutTopic.contains(pool) ? null : shard -> shardWindow(takenOfPools, releasedOfPools);
            }

            @Override
            public ReadPositions readPositions() {
                return new ReadPositions() {
                    @Override
                    public CompletionStage<Map<TopicPartition, Long>> written(int shard) {
                        return outcomesWritten == null
                                ? CompletableFuture.failedFuture(new TimeoutException())
                                : CompletableFuture.completedFuture(Map.of(OUTCOMES, outcomesWritten));
                    }

                    @Override
                    public CompletionStage<Map<TopicPartition, Long>> read(int shard) {
                        return CompletableFuture.completedFuture(Map.of(OUTCOMES, outcomesRead));
                    }
                };
            }

            @Override
            public long poolChanges() {
                return poolChanges;
            }
        };
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        // Another process may run tests beside this one.
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                "target/topology-test-driver/" + ProcessHandle.current().pid());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics.deadLetter());
        properties.put(DeadLetters.LIMIT, DeadLetterLimit.of(Map.of()));
        properties.put(DeadLetters.OUTCOMES_TOPIC, topics.of(Topic.OUTCOMES));
        properties.put(DeadLetters.REFUSED_OUTCOMES, observers.refusedOutcomes());
        properties.put(DeadLetters.OVERTAKING_TOPICS, Set.of(topics.of(Topic.COMMANDS), topics.of(Topic.OUTCOMES)));
        driver = new TopologyTestDriver(
                SchedulerTopology.build(config, shards, window, observers), properties, Instant.EPOCH);
    }

    /** Names of the stores of which Streams keeps files. */
    Set<String> storesOnDisk() {
        return driver.getAllStateStores().values().stream()
                .filter(StateStore::persistent)
                .map(StateStore::name)
                .collect(Collectors.toSet());
    }

    /** Makes the topic of a pool that was not there. */
    void makeTopic(String pool) {
        poolsWithoutTopic.remove(pool);
        poolChanges++;
    }

    private ShardWindow shardWindow(Set<Long> committed, List<Long> ended) {
        return new ShardWindow() {
            @Override
            public boolean isTakenHandled() {
                return !isShareGroup;
            }

            @Override
            public boolean isKnown() {
                return true;
            }

            @Override
            public boolean isFresh() {
                return true;
            }

            @Override
            public int ended(long assignmentId) {
                ended.add(assignmentId);
                return 3;
            }

            @Override
            public Header stamp(String key, byte[] value, long id, int avoidedPartition) {
                if (avoidedPartition != NO_PARTITION) {
                    avoided.add(avoidedPartition);
                }
                return new RecordHeader(key, value);
            }

            @Override
            public long takings() {
                return committed.size();
            }

            @Override
            public long[] taken(long[] ids) {
                return LongStream.of(ids).filter(committed::contains).toArray();
            }

            @Override
            public int countOutstanding() {
                return config.dispatchCapacity().least() - available;
            }

            @Override
            public void close() {}
        };
    }

    void ready(long job, long session, int attempt, Integer... indices) {
        send(Topic.READY, job, new TaskReady(GROUP, job, session, Arrays.asList(indices), attempt));
    }

    void commit(long job, long session) {
        send(Topic.COMMIT, job, new CommitReady(GROUP, job, session));
    }

    void command(CommandType command, long job) {
        send(Topic.COMMANDS, job, new JobCommand(job, -1L, command, "too slow", "ann", 0));
    }

    void prioritize(long job, int priority) {
        send(Topic.COMMANDS, job, new JobCommand(job, -1L, CommandType.SET_PRIORITY, "too slow", "ann", priority));
    }

    /** An outcome of this assignment. */
    void outcome(TaskAssignment of, TaskResult result, String reason) {
        send(Topic.OUTCOMES, of.getJobId(), outcomeOf(of, result, reason));
    }

    static TaskOutcome outcomeOf(TaskAssignment of, TaskResult result, String reason) {
        return outcomeOf(of, of.getResourceGroupId(), result, reason);
    }

    /** One that says that the task has failed, and names another resource group than the job's events. */
    static TaskOutcome refusedOutcomeOf(TaskAssignment of) {
        return outcomeOf(of, of.getResourceGroupId() + 1, TaskResult.FAILED, "");
    }

    private static TaskOutcome outcomeOf(TaskAssignment of, long group, TaskResult result, String reason) {
        return new TaskOutcome(
                of.getAssignmentId(),
                group,
                of.getJobId(),
                of.getSessionId(),
                of.getKind(),
                of.getTaskIndex(),
                of.getAttempt(),
                result,
                reason,
                Instant.EPOCH,
                Instant.EPOCH,
                "worker");
    }

    void cleanup(long job, long session, boolean hasTask) {
        send(Topic.CLEANUP, job, new CleanupReady(GROUP, job, session, hasTask));
    }

    <V extends SpecificRecord> void send(Topic<V> topic, long job, V value) {
        send(topic, job, value, new RecordHeaders());
    }

    <V extends SpecificRecord> void send(Topic<V> topic, long job, V value, Headers headers) {
        byte[] bytes = ValueSerdes.of(topic, config.serde()).serializer().serialize(topics.of(topic), value);
        sendRaw(topic, keys.serialize(null, job), bytes, headers);
    }

    /** Has another shard publish a session. */
    void session(long session) {
        byte[] key = Topic.SESSIONS_KEY.getBytes(StandardCharsets.UTF_8);
        sendRaw(Topic.SESSIONS, key, new byte[0], new RecordHeaders().add(Epoch.HEADER, Epoch.encode(session)));
    }

    void sendRaw(Topic<?> topic, byte[] key, byte[] value) {
        sendRaw(topic, key, value, new RecordHeaders());
    }

    void sendRaw(Topic<?> topic, byte[] key, byte[] value, Headers headers) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topics.of(topic), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key, value, headers));
    }

    /** An event of the ready lane with this timestamp. */
    void sendAt(long timestamp, long job, TaskReady value, Headers headers) {
        sendAt(timestamp, Topic.READY, job, value, headers);
    }

    <V extends SpecificRecord> void sendAt(long timestamp, Topic<V> topic, long job, V value) {
        sendAt(timestamp, topic, job, value, new RecordHeaders());
    }

    private <V extends SpecificRecord> void sendAt(long timestamp, Topic<V> topic, long job, V value, Headers headers) {
        byte[] bytes = ValueSerdes.of(topic, config.serde()).serializer().serialize(topics.of(topic), value);
        driver.createInputTopic(topics.of(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(keys.serialize(null, job), bytes, headers, Math.max(0, timestamp)));
    }

    /** Runs one tick, and returns its assignments. */
    List<TaskAssignment> tick() {
        passTick();
        return dispatched().readValuesToList();
    }

    /** Runs one tick; its assignments can be read then. */
    void passTick() {
        driver.advanceWallClockTime(config.tickInterval());
    }

    /** Lets the time pass, in steps of at most half a minute. */
    void pass(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(MOST_AT_ONCE)) {
            driver.advanceWallClockTime(left.compareTo(MOST_AT_ONCE) < 0 ? left : MOST_AT_ONCE);
        }
    }

    TestOutputTopic<Long, TaskAssignment> dispatched() {
        return dispatched("");
    }

    /** The assignments of a pool. */
    TestOutputTopic<Long, TaskAssignment> dispatched(String pool) {
        return driver.createOutputTopic(
                topics.dispatch(pool),
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, config.serde()).deserializer());
    }

    /** Publishes a share of another shard. */
    void share(int partition, Share value) {
        byte[] bytes =
                ValueSerdes.of(Topic.SHARES, config.serde()).serializer().serialize(topics.of(Topic.SHARES), value);
        sendRaw(
                Topic.SHARES,
                ByteBuffer.allocate(Integer.BYTES).putInt(partition).array(),
                bytes);
    }

    /** Sets the weight of a resource group, or withdraws its entry. */
    void weigh(long group, Double weight) {
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("ann")
                .setFields(List.of("weight"))
                .setWeight(weight)
                .build();
        policy("group/" + group, weight == null ? null : entry);
    }

    /** Sets what an entry of the policy limits something to, or withdraws the entry. */
    void limit(String key, Long capacity) {
        boolean isGroup = key.startsWith("group/");
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("ann")
                .setFields(List.of(isGroup ? "tasks" : "capacity"))
                .setCapacity(isGroup ? null : capacity)
                .setTasks(isGroup ? capacity : null)
                .build();
        policy(key, capacity == null ? null : entry);
    }

    /** Sets an entry of a pool. */
    void pool(String pool, Long window, boolean paused) {
        policy(
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setFields(List.of("paused"))
                        .setWindow(window)
                        .setPaused(paused)
                        .build());
    }

    /** Sets an entry of a pool that places tasks on hosts. */
    void placedPool(String pool, Long window, boolean paused) {
        policy(
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setFields(List.of("placement", "paused"))
                        .setPlacement("hosts")
                        .setWindow(window)
                        .setPaused(paused)
                        .build());
    }

    /** A heartbeat of a host now. */
    void beat(String pool, String host, long incarnation, Map<String, Long> total, Map<String, String> labels) {
        Host value = new Host(pool, host, incarnation, total, labels, 0, Instant.EPOCH);
        byte[] bytes =
                ValueSerdes.of(Topic.HOSTS, config.serde()).serializer().serialize(topics.of(Topic.HOSTS), value);
        sendRaw(Topic.HOSTS, pool.getBytes(StandardCharsets.UTF_8), bytes);
    }

    /** Writes an entry of the policy. */
    void policy(String key, PolicyEntry entry) {
        byte[] bytes =
                ValueSerdes.of(Topic.POLICY, config.serde()).serializer().serialize(topics.of(Topic.POLICY), entry);
        sendRaw(Topic.POLICY, key.getBytes(StandardCharsets.UTF_8), bytes);
    }

    /** Returns the records that the scheduler has written into a topic since the last call. */
    <V extends SpecificRecord> List<V> written(Topic<V> topic) {
        return driver.createOutputTopic(
                        topics.of(topic),
                        new LongDeserializer(),
                        ValueSerdes.of(topic, config.serde()).deserializer())
                .readValuesToList();
    }

    /** The records that were written since the last look, each with its trace context. */
    <V extends SpecificRecord> Map<V, Optional<TraceContext>> traced(Topic<V> topic) {
        Map<V, Optional<TraceContext>> all = new LinkedHashMap<>();
        driver.createOutputTopic(
                        topics.of(topic),
                        new LongDeserializer(),
                        ValueSerdes.of(topic, config.serde()).deserializer())
                .readRecordsToList()
                .forEach(record -> all.put(record.value(), TraceContext.read(record.headers())));
        return all;
    }

    TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    TestOutputTopic<byte[], byte[]> deadLetters() {
        return output(topics.deadLetter());
    }

    /** The longest value in the state of the shard. */
    int longestStored() {
        return longestStored(Names.STATE_STORE);
    }

    /** The longest value in a store. */
    int longestStored(String store) {
        int longest = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                longest = Math.max(longest, all.next().value.length);
            }
        }
        return longest;
    }

    /** The number of keys in the state that begin with these bytes. */
    long stored(int... first) {
        long keys = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(Names.STATE_STORE).all()) {
            while (all.hasNext()) {
                byte[] key = all.next().key.get();
                keys += key.length >= first.length
                                && IntStream.range(0, first.length).allMatch(i -> key[i] == (byte) first[i])
                        ? 1
                        : 0;
            }
        }
        return keys;
    }

    /** Tasks dropped for this reason, by the meters. */
    long dropped(EventDropReason reason) {
        return meters.dropped.getOrDefault(reason, 0L);
    }

    @Override
    public void close() {
        driver.close();
    }
}
