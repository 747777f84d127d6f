package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.SharedKafka;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker. Each test has its own topics and application. */
@ExtendWith(SharedKafka.class)
class SchedulerServiceIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static TestKafka kafka;
    private static Admin admin;

    private final Map<String, String> settings = new HashMap<>();
    private final List<SchedulerService> services = new ArrayList<>();
    private TopicNames topics;
    private KafkaProducer<Long, byte[]> producer;
    private KafkaConsumer<Long, TaskAssignment> fleet;

    @BeforeAll
    static void use(TestKafka shared) {
        kafka = shared;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void closeAdmin() {
        admin.close();
    }

    @BeforeEach
    void configure(TestInfo test) {
        String name = kafka.unique(test.getTestMethod().orElseThrow().getName());
        settings.put("topic.prefix", name + ".");
        settings.put("kafka.application.id", name);
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("schema.registry.url", "mock://" + name);
        settings.put("dispatch.group", name + "-fleet");
        // Tests choose a job's partition themselves.
        settings.put("lane.partitioner", "any");
        topics = TopicNames.from(settings);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new LongSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        services.forEach(SchedulerService::close);
        producer.close();
        if (fleet != null) {
            fleet.close();
        }
    }

    private void createTopics(int shards, int dispatch) throws ExecutionException, InterruptedException {
        TestTopics.create(
                admin,
                List.of(
                        new NewTopic(topics.of(Topic.READY), shards, (short) 1),
                        new NewTopic(topics.of(Topic.COMMIT), shards, (short) 1),
                        new NewTopic(topics.of(Topic.CLEANUP), shards, (short) 1),
                        new NewTopic(topics.of(Topic.GRAPHS), shards, (short) 1),
                        new NewTopic(topics.of(Topic.COMMANDS), shards, (short) 1),
                        new NewTopic(topics.of(Topic.OUTCOMES), shards, (short) 1),
                        new NewTopic(topics.of(Topic.EVENTS), shards, (short) 1),
                        new NewTopic(topics.of(Topic.KILLS), 1, (short) 1),
                        new NewTopic(topics.of(Topic.HOSTS), shards, (short) 1),
                        new NewTopic(topics.of(Topic.OFFERS), shards, (short) 1),
                        new NewTopic(topics.of(Topic.DISPATCH), dispatch, (short) 1),
                        new NewTopic(topics.deadLetter(), 1, (short) 1),
                        new NewTopic(topics.of(Topic.SHARES), 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact")),
                        new NewTopic(topics.of(Topic.POLICY), 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact")),
                        new NewTopic(topics.of(Topic.SESSIONS), 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact"))));
    }

    private SchedulerService start(String stateDirectory) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", directory.resolve(stateDirectory).toString());
        SchedulerService service = new SchedulerService(SchedulerConfig.from(own));
        services.add(service);
        service.start();
        service.awaitRunning(LONG);
        return service;
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, Integer partition, long job, V event) {
        byte[] value = ValueSerdes.of(topic, settings).serializer().serialize(topics.of(topic), event);
        try {
            producer.send(new ProducerRecord<>(topics.of(topic), partition, job, value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void ready(long job, long session, int from, int to) {
        List<Integer> indices = IntStream.range(from, to).boxed().toList();
        send(Topic.READY, null, job, new TaskReady(1L, job, session, indices, 0));
    }

    private KafkaConsumer<Long, TaskAssignment> fleet() {
        if (fleet == null) {
            fleet = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            kafka.bootstrapServers(),
                            "group.id",
                            settings.get("dispatch.group"),
                            "isolation.level",
                            "read_committed",
                            "auto.offset.reset",
                            "earliest",
                            "enable.auto.commit",
                            false),
                    new LongDeserializer(),
                    ValueSerdes.of(Topic.DISPATCH, settings).deserializer());
            fleet.subscribe(List.of(topics.of(Topic.DISPATCH)));
        }
        return fleet;
    }

    /** Takes a number of assignments, and commits each poll's like librdkafka: last offset + 1. */
    private List<TaskAssignment> take(int count) {
        List<TaskAssignment> taken = new ArrayList<>();
        await().atMost(LONG).until(() -> {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (ConsumerRecord<Long, TaskAssignment> record : fleet().poll(Duration.ofMillis(100))) {
                assertThat(Epoch.read(record.headers())).hasValue(record.value().getSessionId());
                taken.add(record.value());
                offsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
            }
            fleet().commitSync(offsets);
            return taken.size() >= count;
        });
        return taken;
    }

    @Test
    void everyTaskArrivesOnceThroughAWindowOfOne() throws Exception {
        createTopics(1, 3);
        settings.put("dispatch.capacity", "1");
        start("one");
        ready(1, 0, 0, 30);
        ready(1, 0, 0, 30);
        List<TaskAssignment> taken = take(30);
        assertThat(taken)
                .extracting(TaskAssignment::getTaskIndex)
                .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
    }

    @Test
    void S12_noMoreThanTheCapacityIsOutstanding() throws Exception {
        createTopics(1, 2);
        settings.put("dispatch.capacity", "10");
        start("capacity");
        ready(1, 0, 0, 300);
        fleet().poll(Duration.ZERO);
        await().atMost(LONG).until(() -> dispatched() >= 10);
        await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> dispatched() == 10);
        assertThat(take(300)).hasSize(300);
    }

    /** Assignments in the topic, markers not counted. */
    private long dispatched() {
        try (KafkaConsumer<Long, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new LongDeserializer(),
                new org.apache.kafka.common.serialization.ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(topics.of(Topic.DISPATCH)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            long count = 0;
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                count += reader.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }

    @Test
    void restartGoesOnWithWhatWasBufferedAndWhatWasSeen() throws Exception {
        createTopics(2, 2);
        settings.put("dispatch.capacity", "8");
        SchedulerService first = start("restart");
        for (long job = 1; job <= 5; job++) {
            ready(job, 0, 0, 40);
        }
        List<TaskAssignment> taken = new ArrayList<>(take(60));
        first.close();
        SchedulerService wiped = start("restart-with-another-directory");
        taken.addAll(take(50));
        wiped.close();
        start("restart");
        for (long job = 1; job <= 5; job++) {
            ready(job, 0, 0, 41);
        }
        taken.addAll(take(205 - taken.size()));
        Set<String> tasks = new HashSet<>();
        Set<Long> ids = new HashSet<>();
        taken.forEach(assignment -> {
            assertThat(tasks.add(assignment.getJobId() + "/" + assignment.getTaskIndex()))
                    .isTrue();
            assertThat(ids.add(assignment.getAssignmentId())).isTrue();
        });
        assertThat(tasks).hasSize(205);
    }

    @Test
    void S11_sessionSeenByOnePartitionVoidsTheOthers() throws Exception {
        createTopics(2, 1);
        settings.put("dispatch.capacity", "4");
        start("sessions");
        send(
                Topic.READY,
                0,
                10,
                new TaskReady(1L, 10L, 1L, IntStream.range(0, 50).boxed().toList(), 0));
        send(
                Topic.READY,
                1,
                11,
                new TaskReady(1L, 11L, 1L, IntStream.range(0, 50).boxed().toList(), 0));
        await().atMost(LONG).until(() -> dispatched() == 4);
        send(Topic.READY, 0, 12, new TaskReady(1L, 12L, 2L, List.of(0, 1), 0));
        await().atMost(LONG).until(() -> newestSession() == 2);
        List<TaskAssignment> taken = new ArrayList<>(take(4));
        await().atMost(LONG).until(() -> {
            taken.addAll(take(0));
            return taken.stream()
                            .filter(assignment -> assignment.getJobId() == 12)
                            .count()
                    >= 2;
        });
        await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> {
            taken.addAll(take(0));
            return dispatched() == taken.size();
        });
        assertThat(taken).filteredOn(assignment -> assignment.getJobId() == 12).hasSize(2);
        // The shard that saw the event itself assigned nothing older afterwards.
        assertThat(taken).filteredOn(assignment -> assignment.getJobId() == 10).hasSizeLessThanOrEqualTo(4);
        // The other shard goes on for moments before it learns of the session.
        assertThat(taken).filteredOn(assignment -> assignment.getJobId() == 11).hasSizeLessThan(50);
    }

    private long newestSession() {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new org.apache.kafka.common.serialization.ByteArrayDeserializer(),
                new org.apache.kafka.common.serialization.ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topics.of(Topic.SESSIONS), 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long newest = -1;
            for (var record : reader.poll(Duration.ofMillis(500))) {
                newest = Math.max(newest, Epoch.read(record.headers()).orElse(-1));
            }
            return newest;
        }
    }
}
