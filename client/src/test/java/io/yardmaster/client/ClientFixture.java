package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Plays the scheduler towards execution managers: topics, transactions, epochs, and a look at their group. */
final class ClientFixture implements AutoCloseable {
    static final long JOB = 7;

    private static final int OUTCOME_PARTITIONS = 3;
    private static final int SCHEMA_ID_LENGTH = 5;

    private final Map<String, String> settings = new HashMap<>();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<TaskAssignment> values;
    private final Serializer<Kill> killValues;
    private final Serde<TaskOutcome> outcomeValues;
    private final Map<Long, Long> sessionOf = new TreeMap<>();
    private int partitions;
    private long nextId;
    private long timeoutMillis;
    private boolean placed;

    ClientFixture(String bootstrapServers) {
        String name = UUID.randomUUID().toString();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", "mock://" + name);
        settings.put("topic.prefix", name + ".");
        settings.put("dispatch.group", name);
        settings.put("kafka.metadata.max.age.ms", "1000");
        settings.put("kafka.heartbeat.interval.ms", "300");
        Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(broker);
        var config = new HashMap<>(broker);
        config.put("transactional.id", name);
        config.put("max.in.flight.requests.per.connection", 1);
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        values = ValueSerdes.of(Topic.DISPATCH, settings).serializer();
        outcomeValues = ValueSerdes.of(Topic.OUTCOMES, settings);
        killValues = ValueSerdes.of(Topic.KILLS, settings).serializer();
    }

    ClientFixture withTopics(int count) {
        partitions = count;
        try {
            TestTopics.create(
                    admin,
                    List.of(
                            new NewTopic(dispatch(), count, (short) 1),
                            new NewTopic(names().of(Topic.SESSIONS), 1, (short) 1),
                            new NewTopic(kills(), 1, (short) 1),
                            new NewTopic(names().of(Topic.HOSTS), 1, (short) 1),
                            new NewTopic(outcomesTopic(), OUTCOME_PARTITIONS, (short) 1),
                            new NewTopic(names().deadLetter(), 1, (short) 1)
                                    .configs(Map.of("errors.deadletterqueue.group.enable", "true"))));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    ClientFixture with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /**
     * Also takes {@code share}. With KIP-848's protocol the broker keeps the times that are the client's own in the
     * classic one.
     */
    ClientFixture withProtocol(String protocol) {
        if (protocol.equals("share")) {
            return withShareGroup();
        }
        if (protocol.equals("consumer")) {
            settings.remove("kafka.heartbeat.interval.ms");
            var group = new ConfigResource(ConfigResource.Type.GROUP, settings.get("dispatch.group"));
            var often = new AlterConfigOp(new ConfigEntry("consumer.heartbeat.interval.ms", "200"), OpType.SET);
            get(admin.incrementalAlterConfigs(Map.of(group, List.of(often)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
        return with("kafka.group.protocol", protocol);
    }

    /** Uses heartbeats so frequent that members soon get to work. */
    ClientFixture withShareGroup() {
        settings.remove("kafka.heartbeat.interval.ms");
        return with("dispatch.group.type", "share")
                .with("share.heartbeat.interval.ms", "200")
                .with("share.assignment.interval.ms", "0");
    }

    /** Locks of three seconds, for a test that waits until one runs out. */
    ClientFixture withShortLocks() {
        return with("share.record.lock.duration.ms", "3000");
    }

    /** Assignments that are sent later have this timeout. */
    ClientFixture withTimeout(Duration timeout) {
        timeoutMillis = timeout.toMillis();
        return this;
    }

    /**
     * Short sessions, so that a killed execution manager is soon missed, and a busy machine still heartbeats in time; in the
     * classic protocol.
     */
    ClientFixture withShortSessions() {
        return with("kafka.session.timeout.ms", "6000");
    }

    /** The settings for another process, which does not see a registry in this one. */
    Map<String, String> settingsWith(FlakyRegistry registry) {
        registry.recover();
        placeGroupOnce();
        var copy = new HashMap<>(settings);
        copy.put("schema.registry.url", registry.url());
        return copy;
    }

    /** Commits offsets as the scheduler does for a group without offsets, while it has no members. */
    ClientFixture placeGroup(long offset) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (int partition = 0; partition < partitions; partition++) {
            offsets.put(new TopicPartition(dispatch(), partition), new OffsetAndMetadata(offset));
        }
        get(admin.alterConsumerGroupOffsets(group(), offsets)
                .all()
                .toCompletionStage()
                .toCompletableFuture());
        placed = true;
        return this;
    }

    private void placeGroupOnce() {
        if (!placed && !"share".equals(settings.get("dispatch.group.type"))) {
            placeGroup(0);
        }
    }

    ExecutionManagerBuilder em() {
        placeGroupOnce();
        return newcomer();
    }

    /** A builder for an execution manager whose group has no offsets yet. */
    ExecutionManagerBuilder newcomer() {
        return ExecutionManager.builder().settings(settings);
    }

    /** Sends in one transaction, to the partitions in turn; returns the ids sent. */
    List<Long> dispatch(long session, int count) {
        return send(session, count, id -> (int) (id % partitions));
    }

    List<Long> dispatchTo(int partition, long session, int count) {
        return send(session, count, id -> partition);
    }

    /** Sends one task of this kind, to partition 0; returns its id. */
    long dispatchOne(TaskKind kind, long session) {
        long id = nextId++;
        sessionOf.put(id, session);
        inTransaction(sender -> sender.accept(assignment(id, kind, session, 0)));
        return id;
    }

    /** Kills an assignment of the job of all assignments, or with -1 the job. */
    void kill(long assignmentId, long session) {
        inTransaction(sender -> sender.accept(killing(assignmentId, session)));
    }

    /** Writes a kill in a transaction that is aborted. */
    void killInVain(long assignmentId, long session) {
        producer.beginTransaction();
        get(producer.send(killing(assignmentId, session)));
        producer.abortTransaction();
    }

    void sendToKills(byte[] value) {
        inTransaction(sender -> sender.accept(new ProducerRecord<>(kills(), 0, null, value)));
    }

    /** The settings of a consumer in no group. */
    Map<String, Object> followerSettings() {
        return new ClientSettings(settings).forFollower(Topic.KILLS);
    }

    void bump(long session) {
        inTransaction(sender -> sender.accept(new ProducerRecord<>(
                names().of(Topic.SESSIONS),
                0,
                Topic.SESSIONS_KEY.getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new RecordHeaders().add(Epoch.HEADER, Epoch.encode(session)))));
    }

    void send(int partition, byte[] value) {
        inTransaction(sender -> sender.accept(new ProducerRecord<>(dispatch(), partition, null, value)));
    }

    byte[] encode(TaskAssignment value) {
        return values.serialize(dispatch(), value);
    }

    long sessionOf(long id) {
        return sessionOf.get(id);
    }

    /** Writes assignments in a transaction that is aborted. */
    void dispatchInVain(int count) {
        producer.beginTransaction();
        var sent = LongStream.range(nextId, nextId + count)
                .mapToObj(id -> producer.send(assignment(id, TaskKind.TASK, 1, (int) (id % partitions))))
                .toList();
        sent.forEach(ClientFixture::get);
        producer.abortTransaction();
        nextId += count;
    }

    String group() {
        return settings.get("dispatch.group");
    }

    int shareMembers() {
        return get(admin.describeShareGroups(List.of(group()))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture())
                .get(group())
                .members()
                .size();
    }

    /** Returns the number of offsets that the share group has not settled, markers included; -1 before it has settled any. */
    long lag(int partition) {
        String group = settings.get("dispatch.group");
        var offset = get(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(group)
                        .toCompletionStage()
                        .toCompletableFuture())
                .get(new TopicPartition(dispatch(), partition));
        return offset == null ? -1 : offset.lag().orElseThrow();
    }

    /** The value in the broker. */
    String groupConfig(String key) {
        var group = new ConfigResource(ConfigResource.Type.GROUP, settings.get("dispatch.group"));
        return get(admin.describeConfigs(List.of(group))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture())
                .get(group)
                .get(key)
                .value();
    }

    /**
     * The broker's line for each record that the group gave up: offset, deliveries, reason, and whether it was copied.
     */
    List<String> givenUp() {
        var letters = new ArrayList<String>();
        readAll(
                new TopicPartition(names().deadLetter(), 0),
                letter -> letters.add(header(letter, "offset") + " "
                        + header(letter, "delivery.count") + " " + header(letter, "message") + " "
                        + (letter.value() != null)));
        return letters;
    }

    /** Passes on all records that the broker has of a partition now. */
    private void readAll(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var reader = new KafkaConsumer<byte[], byte[]>(
                Map.of("bootstrap.servers", settings.get("bootstrap.servers")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).get(partition);
            while (reader.position(partition) < end) {
                reader.poll(Duration.ofMillis(100)).forEach(each);
            }
        }
    }

    /** All outcomes that the broker has, of the partition where the default partitioner puts their job. */
    List<TaskOutcome> outcomes() {
        var found = new ArrayList<TaskOutcome>();
        readAll(new TopicPartition(outcomesTopic(), JobPartition.of(JOB, OUTCOME_PARTITIONS)), polled -> {
            assertThat(polled.key()).isEqualTo(Epoch.encode(JOB));
            found.add(decodeOutcome(polled.value()));
        });
        return found;
    }

    /** All heartbeats that the broker has. */
    List<Host> heartbeats() {
        var found = new ArrayList<Host>();
        try (var values = ValueSerdes.of(Topic.HOSTS, settings).deserializer()) {
            readAll(
                    new TopicPartition(names().of(Topic.HOSTS), 0),
                    polled -> found.add(values.deserialize(polled.topic(), polled.value())));
        }
        return found;
    }

    /** Sends a task to a host in its partition; returns its id. */
    long place(String host, long incarnation, int partition) {
        long id = nextId++;
        sessionOf.put(id, 1L);
        var record = assignment(id, TaskKind.TASK, 1, partition);
        HostHeaders.addTo(record.headers(), host, incarnation);
        inTransaction(sender -> sender.accept(record));
        return id;
    }

    /** Tells a host that its incarnation is over. */
    void end(String host, long incarnation, int partition, boolean replaced) {
        end(host, incarnation, partition, replaced, incarnation + 1);
    }

    /** Tells it likewise, and which incarnation the scheduler knows. */
    void end(String host, long incarnation, int partition, boolean replaced, long newest) {
        var headers = new RecordHeaders();
        HostHeaders.addTo(headers, host, incarnation);
        HostHeaders.addEnd(headers, replaced, newest);
        inTransaction(sender ->
                sender.accept(new ProducerRecord<>(dispatch(), partition, Epoch.encode(0), (byte[]) null, headers)));
    }

    /** The record has the schema that the class has, whatever id a test's registry gave it. */
    private TaskOutcome decodeOutcome(byte[] value) {
        var sample = new TestAssignments(1, 1).outcomeOf((given, context) -> {}, new TestAssignments(1, 1).task(1, 1));
        byte[] known = outcomeValues.serializer().serialize("t", sample);
        System.arraycopy(known, 0, value, 0, SCHEMA_ID_LENGTH);
        return outcomeValues.deserializer().deserialize("t", value);
    }

    /** The id, result and reason of each outcome. */
    List<String> results() {
        return outcomes().stream()
                .map(outcome ->
                        (outcome.getAssignmentId() + " " + outcome.getResult() + " " + outcome.getReason()).strip())
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> letter, String name) {
        return new String(letter.headers().lastHeader("__dlq.errors." + name).value(), StandardCharsets.UTF_8);
    }

    /** The group's committed offsets by partition. */
    Map<Integer, OffsetAndMetadata> committed() {
        var byPartition = new TreeMap<Integer, OffsetAndMetadata>();
        get(admin.listConsumerGroupOffsets(settings.get("dispatch.group"))
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage()
                        .toCompletableFuture())
                .forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
        return byPartition;
    }

    /** Returns the number of partitions of each member, once the group is stable with this many members; else nothing. */
    List<Integer> sharesOfStableGroup(int members) throws InterruptedException {
        String group = settings.get("dispatch.group");
        ConsumerGroupDescription description;
        try {
            description =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(GroupIdNotFoundException.class);
            return List.of();
        }
        if (description.groupState() != GroupState.STABLE
                || description.members().size() != members) {
            return List.of();
        }
        return description.members().stream()
                .map(member -> member.assignment().topicPartitions().size())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private List<Long> send(long session, int count, LongToIntFunction partition) {
        var ids = LongStream.range(nextId, nextId + count).boxed().toList();
        nextId += count;
        inTransaction(sender -> ids.forEach(id -> {
            sessionOf.put(id, session);
            sender.accept(assignment(id, TaskKind.TASK, session, partition.applyAsInt(id)));
        }));
        return ids;
    }

    private ProducerRecord<byte[], byte[]> killing(long assignmentId, long session) {
        var kill = new Kill(JOB, assignmentId, session, "wrong input", "ann", -1L, -1, 0);
        var headers = new RecordHeaders().add(Epoch.HEADER, Epoch.encode(session));
        return new ProducerRecord<>(kills(), 0, Epoch.encode(JOB), killValues.serialize(kills(), kill), headers);
    }

    private ProducerRecord<byte[], byte[]> assignment(long id, TaskKind kind, long session, int partition) {
        var value = TaskAssignment.newBuilder()
                .setAssignmentId(id)
                .setResourceGroupId(1)
                .setJobId(JOB)
                .setKind(kind)
                .setTaskIndex(kind == TaskKind.TASK ? (int) id : -1)
                .setAttempt(0)
                .setSessionId(session)
                .setReadyAt(Instant.ofEpochMilli(id))
                .setTimeoutMs(timeoutMillis)
                .build();
        var headers = new RecordHeaders().add(Epoch.HEADER, Epoch.encode(session));
        return new ProducerRecord<>(dispatch(), partition, Epoch.encode(JOB), encode(value), headers);
    }

    private void inTransaction(Consumer<Consumer<ProducerRecord<byte[], byte[]>>> body) {
        producer.beginTransaction();
        var sent = new ArrayList<Future<?>>();
        body.accept(sending -> sent.add(producer.send(sending)));
        producer.commitTransaction();
        sent.forEach(ClientFixture::get);
    }

    String kills() {
        return names().of(Topic.KILLS);
    }

    String outcomesTopic() {
        return names().of(Topic.OUTCOMES);
    }

    String registry() {
        return settings.get("schema.registry.url");
    }

    private String dispatch() {
        return names().dispatch(settings.getOrDefault("dispatch.pool", ""));
    }

    private TopicNames names() {
        return TopicNames.from(settings);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
