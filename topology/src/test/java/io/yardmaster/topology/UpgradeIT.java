package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * This version goes on where older ones stopped: with their state, shares and sessions, their outstanding assignments
 * and the events that they had not read. {@link StoredDeploymentWriter} wrote the files.
 */
class UpgradeIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] LEDGER = {(byte) 0xFF};
    private static final Path STORED = Path.of("src", "test", "resources", "upgrade");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void everythingIsDispatchedOnceByTheOldVersionOrByThisOne(String version) throws Exception {
        StoredDeployment stored = StoredDeployment.read(STORED.resolve(version + ".txt"));
        try (TestKafka kafka = TestKafka.start(directory.resolve("kafka"));
                TestDeployment deployment = deployment(kafka, stored)) {
            List<String> dispatched = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            try (SchedulerService service = deployment.start("state");
                    KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(deployment.group(), Map.of())) {
                fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                await().atMost(LONG).until(() -> {
                    for (ConsumerRecord<Long, TaskAssignment> record : fleet.poll(Duration.ofMillis(50))) {
                        TaskAssignment made = record.value();
                        ids.add(made.getAssignmentId());
                        dispatched.add(SimulatedStorage.name(
                                made.getJobId(), made.getKind(), made.getTaskIndex(), made.getAttempt()));
                    }
                    fleet.commitSync();
                    return dispatched.size() >= stored.due().size() && service.isRunning();
                });
            }
            assertThat(dispatched).containsExactlyInAnyOrderElementsOf(stored.due());
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    /** After a downgrade, state of a newer version must not be misread. */
    @Test
    void stateOfANewerVersionIsRefusedBeforeAnythingIsDispatched() throws Exception {
        StoredDeployment stored = StoredDeployment.read(STORED.resolve("0.1.0.txt"));
        stored.records().stream()
                .filter(record -> record.topic().equals("changelog") && Arrays.equals(record.key(), LEDGER))
                .forEach(record -> record.value()[0] = 5);
        try (TestKafka kafka = TestKafka.start(directory.resolve("kafka"));
                TestDeployment deployment = deployment(kafka, stored);
                KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(deployment.group(), Map.of())) {
            assertThatThrownBy(() -> deployment.start("state"))
                    .isInstanceOf(SchedulerException.class)
                    .hasMessage("the scheduler stopped: stored ledger has layout 5, this version reads 4;"
                            + " a newer version of Yardmaster wrote it");
            List<TopicPartition> partitions = fleet.partitionsFor(deployment.topic(Topic.DISPATCH)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            long there = stored.records().stream()
                    .filter(record -> record.topic().equals("dispatch"))
                    .count();
            assertThat(fleet.endOffsets(partitions).values().stream()
                            .mapToLong(end -> end)
                            .sum())
                    .isEqualTo(there);
        }
    }

    private TestDeployment deployment(TestKafka kafka, StoredDeployment stored) throws Exception {
        stored.registerIn("upgraded");
        TestDeployment deployment = StoredDeploymentWriter.deployment(kafka, "upgraded", directory)
                .createTopics(StoredDeploymentWriter.SHARDS, StoredDeploymentWriter.DISPATCH_PARTITIONS);
        TestTopics.create(
                deployment.admin(),
                List.of(new NewTopic(changelog(), StoredDeploymentWriter.SHARDS, (short) 1)
                        .configs(Map.of("cleanup.policy", "compact"))));
        restore(kafka, deployment, stored);
        // The lanes hold the events that the old version had not read.
        deployment
                .admin()
                .alterConsumerGroupOffsets("upgraded", beginnings(deployment))
                .all()
                .get();
        return deployment;
    }

    private static Map<TopicPartition, OffsetAndMetadata> beginnings(TestDeployment deployment) {
        return Stream.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP)
                .flatMap(lane -> IntStream.range(0, StoredDeploymentWriter.SHARDS)
                        .mapToObj(partition -> new TopicPartition(deployment.topic(lane), partition)))
                .collect(Collectors.toMap(Function.identity(), partition -> new OffsetAndMetadata(0)));
    }

    private static String changelog() {
        return "upgraded-" + Names.STATE_STORE + "-changelog";
    }

    private static void restore(TestKafka kafka, TestDeployment deployment, StoredDeployment stored) throws Exception {
        Map<String, String> topics = Map.of(
                "changelog",
                changelog(),
                "ready",
                deployment.topic(Topic.READY),
                "commit",
                deployment.topic(Topic.COMMIT),
                "cleanup",
                deployment.topic(Topic.CLEANUP),
                "dispatch",
                deployment.topic(Topic.DISPATCH),
                "sessions",
                deployment.topic(Topic.SESSIONS),
                "shares",
                deployment.topic(Topic.SHARES));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : stored.records()) {
                producer.send(new ProducerRecord<>(
                                topics.get(record.topic()),
                                record.partition(),
                                record.timestamp(),
                                record.key(),
                                record.value(),
                                record.headers()))
                        .get();
            }
        }
    }
}
