package io.yardmaster.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, with a group whose offsets are committed as an execution manager in any language would. */
class CompletionFollowerIT {
    private static final long OUR_JOB = 7;
    private static final long SESSION = 1;

    private static TestKafka kafka;
    private static Admin admin;
    private static int topics;

    private final Serde<TaskAssignment> serde =
            ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", "mock://follower"));
    private final Serde<TaskOutcome> outcomeSerde =
            ValueSerdes.of(Topic.OUTCOMES, Map.of("schema.registry.url", "mock://follower"));
    private final String topic = kafka.unique("dispatch-" + topics++);
    private final String outcomesTopic = kafka.unique("outcomes-" + topics++);
    private final String group = kafka.unique("ems");
    private final String shareGroup = kafka.unique("sharing-ems");
    private KafkaProducer<Long, TaskAssignment> producer;
    private OutcomeFollower outcomes;
    private CompletionFollower follower;
    private KafkaProducer<Long, byte[]> executionManager;

    @BeforeAll
    static void startKafka(@TempDir Path directory) {
        kafka = TestKafka.start(directory);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stopKafka() {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void connect() throws Exception {
        TestTopics.create(
                admin,
                List.of(
                        new NewTopic(topic, Optional.of(2), Optional.empty()),
                        new NewTopic(outcomesTopic, Optional.of(2), Optional.empty())));
        executionManager = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new LongSerializer(), new ByteArraySerializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
                new LongSerializer(),
                serde.serializer());
        producer.initTransactions();
    }

    @AfterEach
    void disconnect() {
        follower.close();
        outcomes.close();
        producer.close();
        executionManager.close();
    }

    @Test
    void anAssignmentIsDoneWhenTheGroupHasCommittedBeyondIt() throws Exception {
        follower = follow(TakenOffsets.committedBy(group, admin));
        dispatch(0, OUR_JOB, 10, 11, 12);
        dispatch(1, OUR_JOB, 20);

        assertThat(follower.poll(Duration.ofSeconds(1)))
                .as("nothing is committed")
                .isEmpty();
        commit(0, 2);
        commit(1, 0);
        assertThat(doneTasks(2)).containsExactly(10, 11);
        commit(0, 4);
        commit(1, 1);
        assertThat(doneTasks(2)).containsExactlyInAnyOrder(12, 20);
        assertThat(follower.poll(Duration.ofMillis(50))).as("each is told once").isEmpty();
    }

    @Test
    void abortedAndEarlierAndOtherAssignmentsAreNotReported() throws Exception {
        dispatch(0, OUR_JOB, 1);
        awaitReadable(0, 2); // the assignment and the marker of its transaction
        follower = follow(TakenOffsets.committedBy(group, admin));
        producer.beginTransaction();
        send(0, OUR_JOB, 2);
        producer.abortTransaction();
        dispatch(0, OUR_JOB + 1, 3);
        dispatch(0, OUR_JOB, 4);
        commit(0, 100);

        assertThat(doneTasks(1)).containsExactly(4);
        assertThat(follower.poll(Duration.ofMillis(50))).isEmpty();
    }

    @Test
    void inAShareGroupAnAssignmentIsDoneWhenItAndAllBeforeItAreAcknowledged() throws Exception {
        follower = follow(TakenOffsets.acknowledgedBy(shareGroup, admin));
        dispatch(0, OUR_JOB, 10, 11, 12);
        assertThat(follower.poll(Duration.ofSeconds(1))).as("there is no group").isEmpty();

        try (KafkaShareConsumer<byte[], byte[]> member = joinShareGroup()) {
            Map<Long, ConsumerRecord<byte[], byte[]>> held = new HashMap<>();
            take(member, held, 3);
            assertThat(follower.poll(Duration.ofMillis(50)))
                    .as("none is acknowledged")
                    .isEmpty();
            acknowledge(member, held.get(1L), AcknowledgeType.ACCEPT);
            assertThat(follower.poll(Duration.ofMillis(50)))
                    .as("the first is not")
                    .isEmpty();
            acknowledge(member, held.get(0L), AcknowledgeType.ACCEPT);
            acknowledge(member, held.get(2L), AcknowledgeType.REJECT);
            assertThat(doneTasks(3))
                    .as("one that failed is not taken again either")
                    .containsExactly(10, 11, 12);

            held.clear();
            dispatch(0, OUR_JOB, 13, 14);
            take(member, held, 2);
            acknowledge(member, held.get(4L), AcknowledgeType.ACCEPT);
            acknowledge(member, held.get(5L), AcknowledgeType.RELEASE);
            assertThat(follower.poll(Duration.ofMillis(50)))
                    .as("the second was given back")
                    .extracting(end -> end.task().index())
                    .doesNotContain(14);
        }
    }

    @Test
    void O2_anOutcomeThatIsThereWhenTheOffsetIsSeenSaysHowTheAssignmentEnded() throws Exception {
        follower = follow(TakenOffsets.committedBy(group, admin));
        dispatch(0, OUR_JOB, 10, 11, 12, 13);
        write(outcome(11, TaskResult.FAILED, "disk full"));
        write(outcome(12, TaskResult.KILLED, ""));
        write(outcome(13, TaskResult.REFUSED, "no room"));
        commit(0, 5);

        assertThat(ends(3))
                .as("one that was refused has not ended, and one without an outcome is done")
                .containsExactlyInAnyOrder("10 done", "11 failed: disk full", "12 was killed");
        assertThat(follower.outstanding()).isZero();
        dispatch(0, OUR_JOB, 13);
        commit(0, 7);
        assertThat(ends(1)).as("under its next assignment").containsExactly("13 done");
    }

    @Test
    void O1_theFirstOutcomeCountsAlsoBeforeTheOffsetAndBehindAnAssignmentThatRuns() throws Exception {
        follower = follow(TakenOffsets.committedBy(group, admin));
        dispatch(0, OUR_JOB, 10, 11, 12);
        write(outcome(12, TaskResult.SUCCEEDED, ""));
        write(outcome(12, TaskResult.FAILED, "run again"));
        write(outcome(11, TaskResult.FAILED, "disk full"));

        assertThat(ends(2)).containsExactly("12 done", "11 failed: disk full");
        commit(0, 4);
        write(outcome(11, TaskResult.SUCCEEDED, ""));
        assertThat(ends(1)).containsExactly("10 done");
        assertThat(follower.poll(Duration.ofMillis(50))).isEmpty();
    }

    @Test
    void outcomesOfOthersAndThoseThatCannotBeReadOrFitNoAssignmentChangeNothing() throws Exception {
        follower = follow(TakenOffsets.committedBy(group, admin));
        dispatch(0, OUR_JOB, 10);
        executionManager
                .send(new ProducerRecord<>(outcomesTopic, OUR_JOB, new byte[] {9, 9}))
                .get();
        executionManager
                .send(new ProducerRecord<>(outcomesTopic, OUR_JOB + 1, new byte[] {9, 9}))
                .get();
        write(outcome(10, SESSION - 1, 10, TaskResult.FAILED, "of an older session"));
        write(outcome(10, SESSION, 11, TaskResult.FAILED, "of another task"));
        write(outcome(99, TaskResult.FAILED, "of an assignment that nobody made"));
        commit(0, 2);

        assertThat(ends(1)).containsExactly("10 done");
    }

    @Test
    void afterARewindAnOutcomeCountsAlsoIfItsAssignmentIsNoLongerInTheTopic() throws Exception {
        dispatch(0, OUR_JOB, 10, 11, 12, 13);
        write(outcome(10, TaskResult.FAILED, "disk full"));
        write(outcome(11, TaskResult.SUCCEEDED, ""));
        write(outcome(12, TaskResult.REFUSED, ""));
        commit(0, 5);
        awaitReadable(0, 5);
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
                .all()
                .get();
        follower = follow(TakenOffsets.committedBy(group, admin));
        assertThat(follower.rewind()).isFalse();
        follower.catchUp();

        assertThat(follower.dispatched())
                .extracting(TaskKey::index)
                .as("the refused one is to be dispatched again, and needs no second event")
                .containsExactlyInAnyOrder(10, 11, 12, 13);
        assertThat(ends(3)).containsExactlyInAnyOrder("10 failed: disk full", "11 done", "13 done");
    }

    private static TaskOutcome outcome(int task, TaskResult result, String reason) {
        return outcome(task, SESSION, task, result, reason);
    }

    private static TaskOutcome outcome(long id, long session, int task, TaskResult result, String reason) {
        return new TaskOutcome(
                id, 1L, OUR_JOB, session, TaskKind.TASK, task, 0, result, reason, Instant.EPOCH, Instant.EPOCH, "em");
    }

    private void write(TaskOutcome outcome) throws Exception {
        byte[] value = outcomeSerde.serializer().serialize(outcomesTopic, outcome);
        executionManager
                .send(new ProducerRecord<>(outcomesTopic, outcome.getJobId(), value))
                .get();
    }

    private List<String> ends(int wanted) {
        List<String> ends = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            follower.poll(Duration.ofMillis(50))
                    .forEach(end ->
                            ends.add(end.task().index() + " " + end.failure().orElse("done")));
            return ends.size() >= wanted;
        });
        return ends;
    }

    private static void take(
            KafkaShareConsumer<byte[], byte[]> member, Map<Long, ConsumerRecord<byte[], byte[]>> held, int wanted) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            member.poll(Duration.ofMillis(50)).forEach(taken -> held.put(taken.offset(), taken));
            return held.size() == wanted;
        });
    }

    private static void acknowledge(
            KafkaShareConsumer<byte[], byte[]> member, ConsumerRecord<byte[], byte[]> record, AcknowledgeType how) {
        member.acknowledge(record, how);
        assertThat(member.commitSync().values()).allMatch(Optional::isEmpty);
    }

    private KafkaShareConsumer<byte[], byte[]> joinShareGroup() throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, shareGroup);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(
                                set("share.auto.offset.reset", "earliest"),
                                set("share.isolation.level", "read_committed"))))
                .all()
                .get();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                shareGroup,
                "share.acknowledgement.mode",
                "explicit");
        KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    }

    private CompletionFollower follow(TakenOffsets taken) {
        KafkaConsumer<Long, TaskAssignment> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new LongDeserializer(),
                serde.deserializer());
        FollowedJobs jobs = new FollowedJobs(SESSION, Set.of(OUR_JOB));
        outcomes = new OutcomeFollower(
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                outcomesTopic,
                outcomeSerde.deserializer(),
                jobs);
        return new CompletionFollower(consumer, topic, outcomes, taken, jobs);
    }

    private void dispatch(int partition, long job, int... tasks) throws Exception {
        producer.beginTransaction();
        for (int task : tasks) {
            send(partition, job, task);
        }
        producer.commitTransaction();
    }

    private void send(int partition, long job, int task) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic,
                        partition,
                        job,
                        new TaskAssignment(
                                (long) task, 1L, job, TaskKind.TASK, task, 0, 1L, Instant.EPOCH, 0L, Payload.NONE)))
                .get();
    }

    /** Waits, as a commit returns before its marker is in the partition. */
    private void awaitReadable(int partition, long end) {
        TopicPartition dispatched = new TopicPartition(topic, partition);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> admin.listOffsets(
                                        Map.of(dispatched, OffsetSpec.latest()),
                                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .partitionResult(dispatched)
                                .get()
                                .offset()
                        == end);
    }

    private void commit(int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private List<Integer> doneTasks(int wanted) {
        List<Integer> done = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            follower.poll(Duration.ofMillis(50)).forEach(end -> {
                assertThat(end.failure()).isEmpty();
                done.add(end.task().index());
            });
            return done.size() >= wanted;
        });
        return done;
    }
}
