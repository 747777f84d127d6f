package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;

/** Records that were not taken are kept, and deleted ones are noticed. */
class KeepingIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static TestDeployment deployment(String name) throws Exception {
        return newDeployment(name).createTopics(1, 1);
    }

    /** Takes a number of assignments as a member of the group, commits, and leaves. */
    private static List<Long> take(TestDeployment deployment, int count) {
        List<Long> jobs = new ArrayList<>();
        try (KafkaConsumer<Long, TaskAssignment> fleet =
                deployment.consumer(deployment.group(), Map.of("max.poll.records", count))) {
            fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
            await().atMost(LONG).until(() -> {
                fleet.poll(Duration.ofMillis(100)).forEach(taken -> jobs.add(taken.key()));
                return jobs.size() >= count;
            });
            fleet.commitSync();
        }
        return jobs;
    }

    /** Has a scheduler with its state in "state" dispatch the tasks of jobs 0 to 2, which are taken, and stops it. */
    private static void runThreeJobs(TestDeployment deployment) {
        SchedulerService first = deployment.start("state");
        readyJobs(deployment, 0, 3);
        take(deployment, 3);
        first.close();
    }

    private static void readyJobs(TestDeployment deployment, int from, int to) {
        LongStream.range(from, to).forEach(job -> deployment.ready(0, 1, job, 0, 0, 1));
    }

    private static Long committed(TestDeployment deployment) throws ExecutionException, InterruptedException {
        return offset(deployment, deployment.group(), deployment.topic(Topic.DISPATCH));
    }

    private static Long offset(TestDeployment deployment, String group, String topic)
            throws ExecutionException, InterruptedException {
        var offset = deployment
                .admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topic, 0));
        return offset == null ? null : offset.offset();
    }

    @Test
    void aGroupThatLostItsOffsetsIsGivenThemBackAndRunsNothingTwice() throws Exception {
        try (TestDeployment deployment = deployment("lost-offsets")) {
            SchedulerService service = deployment.start("state");
            readyJobs(deployment, 0, 5);
            assertThat(take(deployment, 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
            long before = committed(deployment);
            await().atMost(LONG).until(() -> deployment.storedFloor("") == before);
            service.close();
            deleteGroup(deployment, deployment.group());

            SchedulerService next = deployment.start("state");
            await().atMost(LONG).until(() -> committed(deployment) != null);
            assertThat(committed(deployment)).isEqualTo(before);
            // Counted when the broker has answered, which has them before.
            await().atMost(LONG).until(() -> next.status().orElseThrow().restoredOffsets() == 1);
            readyJobs(deployment, 5, 6);
            assertThat(take(deployment, 1)).containsExactly(5L);
        }
    }

    @Test
    void aSchedulerThatLostItsOffsetsReadsNothingAgain() throws Exception {
        try (TestDeployment deployment = deployment("lost-place")) {
            runThreeJobs(deployment);
            deleteGroup(deployment, deployment.applicationId());

            assertThatThrownBy(() -> deployment.start("state"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageStartingWith("group " + deployment.applicationId() + " has no offsets in the lanes");

            setOffset(deployment, deployment.topic(Topic.READY), 3);
            deployment.start("state");
            readyJobs(deployment, 3, 4);
            assertThat(take(deployment, 1)).containsExactly(3L);
        }
    }

    @Test
    void aSchedulerThatLostItsOffsetsInOneTopicReadsThatOneNotAgain() throws Exception {
        try (TestDeployment deployment = deployment("lost-lane")) {
            runThreeJobs(deployment);
            String ready = deployment.topic(Topic.READY);
            loseOffset(deployment, ready);

            // By the offsets of other topics, without any note beside local state.
            assertThatThrownBy(() -> deployment.start("another"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageStartingWith(
                            "group " + deployment.applicationId() + " has no offsets in " + ready + ":0,")
                    .hasMessageContaining("--execute, with --topic " + ready + ":0, if it had read everything");
            setOffset(deployment, ready, 3);

            String offers = deployment.topic(Topic.OFFERS);
            writeGarbage(offers);
            loseOffset(deployment, offers);
            assertThatThrownBy(() -> deployment.start("another"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining(" has no offsets in " + offers + ":0,");
            setOffset(deployment, offers, 0);

            deployment.start("state");
            readyJobs(deployment, 3, 4);
            assertThat(take(deployment, 1)).containsExactly(3L);
        }
    }

    /** No offset in a topic that versions added later shows that graphs had some. */
    @Test
    void aTopicWithoutOffsetsIsLostIfThisDirectoryKnewItAndNewElse() throws Exception {
        try (TestDeployment deployment = deployment("new-lane")) {
            runThreeJobs(deployment);
            String graphs = deployment.topic(Topic.GRAPHS);
            writeGarbage(graphs);
            loseOffset(deployment, graphs);
            loseOffset(deployment, deployment.topic(Topic.OFFERS));

            assertThatThrownBy(() -> deployment.start("state"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining(" has no offsets in " + graphs + ":0,");
            deployment.start("another");
            await().atMost(LONG).until(() -> offset(deployment, deployment.applicationId(), graphs) == 1L);
        }
    }

    /** Something that is refused when it is read. */
    private static void writeGarbage(String topic) throws Exception {
        try (KafkaProducer<Long, byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, 0, 7L, new byte[] {1})).get();
        }
    }

    private static KafkaProducer<Long, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new LongSerializer(), new ByteArraySerializer());
    }

    /** Deletes the offset of the scheduler's own group in partition 0. */
    private static void loseOffset(TestDeployment deployment, String topic) throws Exception {
        deployment
                .admin()
                .deleteConsumerGroupOffsets(deployment.applicationId(), Set.of(new TopicPartition(topic, 0)))
                .all()
                .get();
    }

    private static void setOffset(TestDeployment deployment, String topic, long offset) throws Exception {
        deployment
                .admin()
                .alterConsumerGroupOffsets(
                        deployment.applicationId(), Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    @Test
    void aNewGroupIsGivenTheBeginning() throws Exception {
        try (TestDeployment deployment = deployment("new-group")) {
            SchedulerService service = deployment.start("state");
            await().atMost(LONG).until(() -> committed(deployment) != null);
            assertThat(committed(deployment)).isZero();
            assertThat(service.status().orElseThrow().restoredOffsets()).isZero();
        }
    }

    @Test
    void recordsDeletedBeforeTheyWereReadAreCounted() throws Exception {
        try (TestDeployment deployment = deployment("gap")) {
            runThreeJobs(deployment);
            readyJobs(deployment, 3, 10);
            TopicPartition lane = new TopicPartition(deployment.topic(Topic.READY), 0);
            deployment
                    .admin()
                    .deleteRecords(Map.of(lane, RecordsToDelete.beforeOffset(7)))
                    .all()
                    .get();

            SchedulerService next = deployment.start("state");

            assertThat(next.status().orElseThrow().lostRecords(lane.topic())).isEqualTo(4);
            assertThat(next.status().orElseThrow().lostRecords(deployment.topic(Topic.COMMIT)))
                    .isZero();
            assertThat(take(deployment, 3)).containsExactly(7L, 8L, 9L);
        }
    }

    @Test
    void aRunningSchedulerPurgesTakenRecordsAndCountsAssignmentsThatWereGivenUp() throws Exception {
        try (TestDeployment deployment = deployment("upkeep")
                .set("keep.taken", "0s")
                .set("dispatch.group.type", "share")
                .upkeepEvery(Duration.ofMillis(50))) {
            giveUp(deployment, 7);
            giveUp(deployment, 8);
            SchedulerService service = deployment.start("state");
            readyJobs(deployment, 0, 3);
            TopicPartition lane = new TopicPartition(deployment.topic(Topic.READY), 0);
            await().atMost(LONG).until(() -> beginning(deployment, lane) == 3);
            await().atMost(LONG).until(() -> service.status().orElseThrow().givenUpAssignments() == 2);
            assertThat(service.status().orElseThrow().lostRecords(lane.topic())).isZero();
        }
    }

    /** Writes the dead letter that a broker writes when a share group has delivered an assignment as often as it may. */
    private static void giveUp(TestDeployment deployment, long job) throws Exception {
        var letter = new ProducerRecord<>(deployment.deadLetters(), job, new byte[0]);
        Map.of("topic", deployment.topic(Topic.DISPATCH), "partition", "0", "offset", "5", "group", deployment.group())
                .forEach((name, value) ->
                        letter.headers().add("__dlq.errors." + name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<Long, byte[]> broker = producer()) {
            broker.send(letter).get();
        }
    }

    private static long beginning(TestDeployment deployment, TopicPartition partition) throws Exception {
        return deployment
                .admin()
                .listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    @Test
    void localStateOfADeletedChangelogIsRefusedByBothOffsets() throws Exception {
        try (TestDeployment deployment = deployment("stale")) {
            SchedulerService first = deployment.start("old");
            readyJobs(deployment, 0, 5);
            take(deployment, 5);
            first.close();
            String changelog = deployment.applicationId() + "-scheduler-state-changelog";
            deleteTopic(deployment, changelog);

            assertThatThrownBy(() -> deployment.start("old"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("topic " + changelog + ", whose copy it is, does not exist")
                    .hasMessageContaining(
                            directory.resolve("stale").resolve("old").toString());

            deployment.start("new").close();
            assertThatThrownBy(() -> deployment.start("old"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("it is a copy of an older topic " + changelog + ", which was deleted");

            // Older versions left no note.
            Files.delete(directory.resolve("stale").resolve("old").resolve(deployment.applicationId() + ".changelog"));
            assertThatThrownBy(() -> deployment.start("old"))
                    .isInstanceOf(SetupException.class)
                    .hasMessageMatching(".* goes up to offset \\d+ of topic " + changelog + ", which ends at \\d+: .*");
        }
    }

    private static void deleteGroup(TestDeployment deployment, String group) throws Exception {
        deployment.admin().deleteConsumerGroups(List.of(group)).all().get();
    }

    private static void deleteTopic(TestDeployment deployment, String topic) throws Exception {
        deployment.admin().deleteTopics(List.of(topic)).all().get();
        await().atMost(LONG)
                .until(() -> !deployment.admin().listTopics().names().get().contains(topic));
    }
}
