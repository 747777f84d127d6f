package io.yardmaster.topology;

import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.MockSchemaRegistry;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.testkafka.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes a file for {@link UpgradeIT}, once for each release: {@code mvn -pl topology -am test
 * -Dtest=StoredDeploymentWriter -Dsurefire.failIfNoSpecifiedTests=false -Dyardmaster.upgrade.write=FILE}.
 */
class StoredDeploymentWriter {
    static final int SHARDS = 2;
    static final int DISPATCH_PARTITIONS = 2;

    private static final long SESSION = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final StoredDeployment stored = StoredDeployment.empty();

    @TempDir
    Path directory;

    static TestDeployment deployment(TestKafka kafka, String name, Path directory) {
        return new TestDeployment(kafka, name, directory)
                .set("active.jobs", 2)
                .set("dispatch.capacity", 6)
                .set("fairness", "resource-group");
    }

    @Test
    @EnabledIfSystemProperty(named = "yardmaster.upgrade.write", matches = ".+")
    void write() throws Exception {
        try (TestKafka kafka = TestKafka.start(directory.resolve("kafka"));
                TestDeployment deployment =
                        deployment(kafka, "stored", directory).createTopics(SHARDS, DISPATCH_PARTITIONS);
                KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            try (SchedulerService service = deployment.start("state")) {
                sendHistory(deployment);
                await().atMost(LONG)
                        .until(() -> read(reader, deployment.topic(Topic.DISPATCH), 2)
                                        .size()
                                == 6);
                // The last grants and shares, and the events behind them.
                await().atMost(LONG).during(Duration.ofSeconds(3)).until(service::isRunning);
            }
            latest(reader, "stored-scheduler-state-changelog", SHARDS)
                    .forEach(record -> stored.add("changelog", record));
            latest(reader, deployment.topic(Topic.SESSIONS), 1).forEach(record -> stored.add("sessions", record));
            latest(reader, deployment.topic(Topic.SHARES), 1).forEach(record -> stored.add("shares", record));
            read(reader, deployment.topic(Topic.DISPATCH), DISPATCH_PARTITIONS)
                    .forEach(record -> stored.add("dispatch", record));
            sendTail(deployment, reader);
        }
        rememberSchemas();
        stored.write(Path.of(System.getProperty("yardmaster.upgrade.write")));
    }

    /** Makes every kind of entry of the state: pages of queues and of seen tasks, groups, gates, pending jobs. */
    private void sendHistory(TestDeployment deployment) {
        List<Integer> disorder =
                new ArrayList<>(IntStream.range(0, 400).map(i -> 3 * i).boxed().toList());
        Collections.shuffle(disorder, new Random(1));
        ready(deployment, 2, SESSION, disorder, 0, true);
        for (long job = 3; job <= 12; job++) {
            ready(deployment, job, SESSION, IntStream.range(0, 5).boxed().toList(), 0, true);
        }
        ready(deployment, 3, SESSION, List.of(1, 4), 2, true);
        ready(deployment, 13, SESSION, List.of(0, 1), 0, false);
        ready(deployment, 1, SESSION - 1, IntStream.range(0, 20).boxed().toList(), 0, false);
        finish(deployment, Topic.COMMIT, 13, new CommitReady(group(13), 13L, SESSION), "COMMIT");
        finish(deployment, Topic.CLEANUP, 14, new CleanupReady(group(14), 14L, SESSION, true), "CLEANUP");
        finish(deployment, Topic.CLEANUP, 15, new CleanupReady(group(15), 15L, SESSION, false), null);
    }

    /** Events that this version has not processed. */
    private void sendTail(TestDeployment deployment, KafkaConsumer<byte[], byte[]> reader) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> before = new LinkedHashMap<>();
        List<Topic<?>> lanes = List.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP);
        lanes.forEach(lane -> before.put(lane.id(), read(reader, deployment.topic(lane), SHARDS)));
        ready(deployment, 3, SESSION, List.of(0, 5), 0, false);
        stored.due().add(SimulatedStorage.name(3, "TASK", 5, 0));
        ready(deployment, 16, SESSION, List.of(7), 0, true);
        finish(deployment, Topic.COMMIT, 13, new CommitReady(group(13), 13L, SESSION), null);
        finish(deployment, Topic.COMMIT, 17, new CommitReady(group(17), 17L, SESSION), "COMMIT");
        finish(deployment, Topic.CLEANUP, 18, new CleanupReady(group(18), 18L, SESSION, true), "CLEANUP");
        lanes.forEach(lane -> {
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(read(reader, deployment.topic(lane), SHARDS));
            all.removeIf(record -> before.get(lane.id()).stream()
                    .anyMatch(old -> old.partition() == record.partition() && old.offset() == record.offset()));
            all.forEach(record -> stored.add(lane.id(), record));
        });
    }

    private void ready(
            TestDeployment deployment, long job, long session, List<Integer> indices, int attempt, boolean isDue) {
        deployment.send(
                Topic.READY, (int) job % SHARDS, job, new TaskReady(group(job), job, session, indices, attempt));
        if (isDue) {
            indices.forEach(index -> stored.due().add(SimulatedStorage.name(job, "TASK", index, attempt)));
        }
    }

    private <V extends SpecificRecord> void finish(
            TestDeployment deployment, Topic<V> lane, long job, V event, String dueKind) {
        deployment.send(lane, (int) job % SHARDS, job, event);
        if (dueKind != null) {
            stored.due().add(SimulatedStorage.name(job, dueKind, -1, 0));
        }
    }

    private static long group(long job) {
        return job % 4;
    }

    private void rememberSchemas() {
        try {
            for (int id = 1; ; id++) {
                stored.schemas().add(MockSchemaRegistry.named("stored").byId(id).toString());
            }
        } catch (UnreadableRecordException e) {
            // The one before was the last.
        }
    }

    /** The latest record of each key, as after compaction. */
    private static List<ConsumerRecord<byte[], byte[]>> latest(
            KafkaConsumer<byte[], byte[]> reader, String topic, int partitions) {
        Map<String, ConsumerRecord<byte[], byte[]>> latest = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(reader, topic, partitions)) {
            latest.put(record.partition() + Arrays.toString(record.key()), record);
        }
        return latest.values().stream().filter(record -> record.value() != null).toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> reader, String topic, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toList());
        reader.assign(all);
        reader.seekToBeginning(all);
        Map<TopicPartition, Long> ends = reader.endOffsets(all);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            reader.poll(Duration.ofMillis(100)).forEach(found::add);
        }
        return found;
    }
}
