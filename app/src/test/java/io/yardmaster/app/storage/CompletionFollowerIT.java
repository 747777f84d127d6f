package io.yardmaster.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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
    private static final String GROUP = "ems";
    private static final long OUR_JOB = 7;

    private static EmbeddedKafka kafka;
    private static Admin admin;
    private static int topics;

    private final Serde<TaskAssignment> serde =
            ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", "mock://follower"));
    private final String topic = "dispatch-" + topics++;
    private KafkaProducer<Long, TaskAssignment> producer;
    private CompletionFollower follower;

    @BeforeAll
    static void startKafka(@TempDir Path directory) {
        kafka = EmbeddedKafka.start(directory, 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stopKafka() {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void connect() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                .all()
                .get();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
                new LongSerializer(),
                serde.serializer());
        producer.initTransactions();
    }

    @AfterEach
    void disconnect() {
        follower.close();
        producer.close();
    }

    @Test
    void anAssignmentIsDoneWhenTheGroupHasCommittedBeyondIt() throws Exception {
        follower = follow();
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
    void whatWasAbortedOrDispatchedBeforeOrIsOfOthersIsNotTold() throws Exception {
        dispatch(0, OUR_JOB, 1);
        follower = follow();
        producer.beginTransaction();
        send(0, OUR_JOB, 2);
        producer.abortTransaction();
        dispatch(0, OUR_JOB + 1, 3);
        dispatch(0, OUR_JOB, 4);
        commit(0, 100);

        assertThat(doneTasks(1)).containsExactly(4);
        assertThat(follower.poll(Duration.ofMillis(50))).isEmpty();
    }

    private CompletionFollower follow() {
        KafkaConsumer<Long, TaskAssignment> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new LongDeserializer(),
                serde.deserializer());
        return new CompletionFollower(consumer, admin, topic, GROUP, assignment -> assignment.getJobId() == OUR_JOB);
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
                        new TaskAssignment((long) task, 1L, job, TaskKind.TASK, task, 0, 1L, Instant.EPOCH)))
                .get();
    }

    private void commit(int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        GROUP, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private List<Integer> doneTasks(int wanted) {
        List<Integer> done = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            follower.poll(Duration.ofMillis(50)).forEach(assignment -> done.add(assignment.getTaskIndex()));
            return done.size() >= wanted;
        });
        return done;
    }
}
