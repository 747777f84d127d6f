package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.connect.FreePort;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker, registry and scheduler die together in the middle of a run. */
class KilledServeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final ConfigResource READY_LANE =
            new ConfigResource(ConfigResource.Type.TOPIC, TopicNames.defaults().of(Topic.READY));
    private static final int JOBS = 20;
    private static final int TASKS = 60;

    @TempDir
    Path directory;

    @Test
    void S17_killOfServeLosesNoTaskAndDispatchesNoneTwice() throws Exception {
        String[] arguments = {
            "--embedded",
            "--data",
            "data",
            "--port",
            Integer.toString(FreePort.find()),
            "--set",
            "http.listen=127.0.0.1:0",
            "--set",
            "dispatch.capacity=16",
            "--set",
            "active.jobs=7"
        };
        Set<String> handled = new HashSet<>();
        try (ServeProcess first = ServeProcess.start(directory, arguments)) {
            ServeProcess.Ready ready = first.awaitReady();
            send(ready, 0, TASKS);
            take(ready, handled, JOBS * TASKS / 4);
            keepForSevenDays(ready);
            first.kill9();
        }
        try (ServeProcess second = ServeProcess.start(directory, arguments)) {
            ServeProcess.Ready ready = second.awaitReady();
            assertThat(retention(ready)).isEqualTo("-1");
            send(ready, TASKS / 2, TASKS + 5);
            take(ready, handled, JOBS * (TASKS + 5));
            assertThat(dispatched(ready)).isEqualTo(JOBS * (TASKS + 5));
            assertThat(second.stop()).isZero();
        }
    }

    /** Leaves the retention to the broker, as versions did that made the topics with its defaults. */
    private static void keepForSevenDays(ServeProcess.Ready ready) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ready.kafka()))) {
            var change = new AlterConfigOp(new ConfigEntry("retention.ms", null), AlterConfigOp.OpType.DELETE);
            admin.incrementalAlterConfigs(Map.of(READY_LANE, List.of(change)))
                    .all()
                    .get();
        }
        await().atMost(PATIENCE).until(() -> retention(ready)
                .equals(Long.toString(Duration.ofDays(7).toMillis())));
    }

    private static String retention(ServeProcess.Ready ready) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ready.kafka()))) {
            return admin.describeConfigs(List.of(READY_LANE))
                    .all()
                    .get()
                    .get(READY_LANE)
                    .get("retention.ms")
                    .value();
        }
    }

    private static Map<String, Object> registry(ServeProcess.Ready ready) {
        return Map.of("schema.registry.url", ready.registry());
    }

    /** Sends the tasks from..to of every job, ten to an event; tasks that were sent before are repeats. */
    private static void send(ServeProcess.Ready ready, int from, int to)
            throws ExecutionException, InterruptedException {
        var events = ValueSerdes.of(Topic.READY, registry(ready)).serializer();
        String topic = TopicNames.defaults().of(Topic.READY);
        try (KafkaProducer<Long, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", ready.kafka()), new LongSerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int first = from; first < to; first += 10) {
                List<Integer> indices =
                        IntStream.range(first, Math.min(to, first + 10)).boxed().toList();
                for (long job = 0; job < JOBS; job++) {
                    TaskReady event = new TaskReady(1L, job, 3L, indices, 0);
                    sent.add(producer.send(new ProducerRecord<>(topic, job, events.serialize(topic, event))));
                }
            }
            for (Future<?> future : sent) {
                future.get();
            }
        }
    }

    private static KafkaConsumer<Long, TaskAssignment> consumer(ServeProcess.Ready ready) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", ready.kafka()));
        settings.put("group.id", "yardmaster-ems");
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", 16);
        return new KafkaConsumer<>(
                settings,
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, registry(ready)).deserializer());
    }

    /** Takes assignments, as one execution manager, until {@code until} different ones were seen. */
    private static void take(ServeProcess.Ready ready, Set<String> handled, int until) {
        try (KafkaConsumer<Long, TaskAssignment> consumer = consumer(ready)) {
            consumer.subscribe(List.of(TopicNames.defaults().of(Topic.DISPATCH)));
            await().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<Long, TaskAssignment> record : consumer.poll(Duration.ofMillis(100))) {
                    handled.add(task(record.value()));
                }
                consumer.commitSync();
                return handled.size() >= until;
            });
        }
    }

    /** Reads the whole dispatch topic, and returns how many assignments are in it: none twice, in order in each job. */
    private static int dispatched(ServeProcess.Ready ready) {
        Set<String> tasks = new HashSet<>();
        Set<Long> ids = new HashSet<>();
        Map<Long, Map<Integer, Integer>> latest = new HashMap<>();
        try (KafkaConsumer<Long, TaskAssignment> reader = consumer(ready)) {
            List<TopicPartition> partitions = reader
                    .partitionsFor(TopicNames.defaults().of(Topic.DISPATCH))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<Long, TaskAssignment> record : reader.poll(Duration.ofMillis(100))) {
                    TaskAssignment assignment = record.value();
                    assertThat(tasks.add(task(assignment))).as("%s", assignment).isTrue();
                    assertThat(ids.add(assignment.getAssignmentId()))
                            .as("%s", assignment)
                            .isTrue();
                    Integer before = latest.computeIfAbsent(record.key(), job -> new HashMap<>())
                            .put(record.partition(), assignment.getTaskIndex());
                    assertThat(before == null || before < assignment.getTaskIndex())
                            .as("%s after task %s", assignment, before)
                            .isTrue();
                }
            }
        }
        return tasks.size();
    }

    private static String task(TaskAssignment assignment) {
        return assignment.getJobId() + "/" + assignment.getTaskIndex();
    }
}
