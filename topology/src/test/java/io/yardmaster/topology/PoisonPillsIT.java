package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.testkafka.SharedKafka;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Poison pills between events, on a real broker. */
@ExtendWith(SharedKafka.class)
class PoisonPillsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PILLS = 2_000;
    private static final int EVENTS = 50;
    private static final long GOOD_JOBS = 1_000_000;
    private static final int SHARDS = 2;

    private static final String REGISTRY = "mock://topology-test";

    /** Size before compression of a record that is 10 KB to the broker, such as other clients may send. */
    private static final int COMPRESSED_AWAY = 2_400_000;

    @TempDir
    static Path directory;

    private static TestKafka kafka;

    @BeforeAll
    static void use(TestKafka shared) {
        kafka = shared;
    }

    @Test
    void noneStopsItsPartitionAndEachIsInTheDeadLetterTopicWithAReason() throws Exception {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("poison pills: yardmaster.fuzz.seed=" + seed);
        List<MutatedEvents.Mutated> pills = pills(new MutatedEvents(seed, Map.of("schema.registry.url", REGISTRY)));
        try (TestDeployment deployment = new TestDeployment(kafka, "pills", directory)
                        .set("schema.registry.url", REGISTRY)
                        .set("dispatch.capacity", EVENTS)
                        .createTopics(SHARDS, 1);
                SchedulerService service = deployment.start("state");
                KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(null, Map.of());
                KafkaConsumer<byte[], byte[]> letters = letters(deployment)) {
            send(deployment, pills);
            fleet.assign(List.of(new TopicPartition(deployment.topic(Topic.DISPATCH), 0)));
            fleet.seekToBeginning(fleet.assignment());
            List<Long> dispatched = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                fleet.poll(Duration.ofMillis(100)).forEach(record -> dispatched.add(record.key()));
                return dispatched.size() >= EVENTS;
            });
            assertThat(dispatched).hasSize(EVENTS).doesNotHaveDuplicates();
            List<String> reasons = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                letters.poll(Duration.ofMillis(100)).forEach(letter -> reasons.add(reason(letter)));
                return reasons.size() >= PILLS;
            });
            assertThat(reasons).hasSize(PILLS).noneMatch(String::isBlank);
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void partsTooLargeForADeadLetterAreLeftOutWithTheirSize() throws Exception {
        RecordingMeters meters = new RecordingMeters();
        try (TestDeployment deployment = new TestDeployment(kafka, "large", directory).createTopics(1, 1);
                SchedulerService service = deployment.start("large", meters);
                KafkaConsumer<byte[], byte[]> letters = letters(deployment);
                KafkaProducer<byte[], byte[]> gzip = producer(Map.of("compression.type", "gzip"))) {
            String ready = deployment.topic(Topic.READY);
            byte[] large = new byte[COMPRESSED_AWAY];
            byte[] small = {7};
            gzip.send(new ProducerRecord<>(ready, 0, small, large)).get();
            gzip.send(new ProducerRecord<>(ready, 0, large, small)).get();
            ProducerRecord<byte[], byte[]> headed = new ProducerRecord<>(ready, 0, small, small);
            headed.headers().add("traceparent", large).add("mine", small);
            gzip.send(headed).get();
            List<ConsumerRecord<byte[], byte[]>> found = take(letters, 3);
            assertThat(found.get(0).key()).isEqualTo(small);
            assertThat(found.get(0).value()).isNull();
            assertThat(text(found.get(0), "yardmaster.value.bytes")).isEqualTo("2400000");
            assertThat(text(found.get(0), "yardmaster.source")).isEqualTo(ready + "-0@0");
            assertThat(reason(found.get(0))).contains("not 8");
            assertThat(found.get(1).key()).isNull();
            assertThat(found.get(1).value()).isEqualTo(small);
            assertThat(text(found.get(1), "yardmaster.key.bytes")).isEqualTo("2400000");
            assertThat(found.get(2).headers().headers("mine")).isEmpty();
            assertThat(found.get(2).value()).isEqualTo(small);
            assertThat(text(found.get(2), "yardmaster.headers.bytes")).isEqualTo("2400016");
            assertGoesOn(deployment, service);
            assertThat(meters.deadLetters).containsExactly(ready, ready, ready);
        }
    }

    @Test
    void aDeadLetterThatTheBrokerRefusesForItsSizeGoesWithoutItsValue() throws Exception {
        RecordingMeters meters = new RecordingMeters();
        try (TestDeployment deployment = new TestDeployment(kafka, "narrow", directory).createTopics(1, 1);
                KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            narrow(deployment);
            producer.send(new ProducerRecord<>(deployment.topic(Topic.READY), 0, new byte[8], new byte[200_000]))
                    .get();
            try (SchedulerService service = deployment.start("narrow", meters);
                    KafkaConsumer<byte[], byte[]> letters = letters(deployment)) {
                ConsumerRecord<byte[], byte[]> letter = take(letters, 1).get(0);
                assertThat(letter.value()).isNull();
                assertThat(text(letter, "yardmaster.value.bytes")).isEqualTo("200000");
                assertGoesOn(deployment, service);
                assertThat(meters.deadLetters).hasSize(1);
            }
        }
    }

    /** Streams calls the producer again before or after it hears that a letter was refused. */
    @Test
    void aRefusedLetterIsBlamedForWhateverItsTransactionCannotDoAnyMore() throws Exception {
        try (TestDeployment deployment = new TestDeployment(kafka, "failed", directory).createTopics(1, 1)) {
            narrow(deployment);
            Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
            Topology topology = new Topology();
            topology.addSource("lane", deployment.topic(Topic.READY));
            FencedClients clients = new FencedClients(
                    StreamTasks.of(topology, deployment.topic(Topic.READY)),
                    Set.of(),
                    new AssignmentPlacer(deployment.topic(Topic.DISPATCH)),
                    Observers.none(),
                    new DeadLetterReport(deployment.deadLetters(), new RecordingMeters(), System::nanoTime));
            Map<String, Object> producing = new HashMap<>(settings);
            producing.put("client.id", "failed-producer");
            producing.put("transactional.id", "failed");
            producing.put(DeadLetters.LIMIT, DeadLetterLimit.of(settings));
            Map<String, Object> consuming = new HashMap<>(settings);
            consuming.put("client.id", "failed-consumer");
            consuming.put("group.id", "failed");
            ProducerRecord<byte[], byte[]> letter =
                    new ProducerRecord<>(deployment.deadLetters(), null, new byte[200_000]);
            letter.headers().add(Topic.REASON_HEADER, "bad".getBytes(StandardCharsets.UTF_8));
            letter.headers().add(DeadLetterHeaders.SOURCE, "ready-0@0".getBytes(StandardCharsets.UTF_8));
            ProducerRecord<byte[], byte[]> small = new ProducerRecord<>(deployment.topic(Topic.DISPATCH), new byte[1]);
            TopicPartition lane = new TopicPartition(deployment.topic(Topic.READY), 0);
            OffsetAndMetadata next = new OffsetAndMetadata(1);
            try (Consumer<byte[], byte[]> consumer = clients.getConsumer(consuming);
                    Producer<byte[], byte[]> producer = clients.getProducer(producing)) {
                producer.initTransactions();
                producer.beginTransaction();
                // The broker learns of its new limit, and the producer of the refusal, a little later.
                await().atMost(LONG).untilAsserted(() -> assertThatThrownBy(() -> {
                            sendUnwaited(producer, letter);
                            sendUnwaited(producer, small);
                        })
                        .isInstanceOf(DeadLetterRefusedException.class));
                producer.abortTransaction();
                producer.beginTransaction();
                sendUnwaited(producer, letter);
                producer.flush();
                assertThatThrownBy(
                                () -> producer.sendOffsetsToTransaction(Map.of(lane, next), consumer.groupMetadata()))
                        .isInstanceOf(DeadLetterRefusedException.class);
                producer.abortTransaction();
                producer.beginTransaction();
                sendUnwaited(producer, letter);
                assertThatThrownBy(producer::commitTransaction)
                        .as("the letter is refused while the commit waits")
                        .isInstanceOf(DeadLetterRefusedException.class);
                producer.abortTransaction();
            }
        }
    }

    @Test
    void S8_anEventInAnotherPartitionThanItsJobsIsADeadLetterThatNamesBoth() throws Exception {
        long job = 42;
        int home = JobPartition.of(job, SHARDS);
        try (TestDeployment deployment = new TestDeployment(kafka, "misplaced", directory)
                        .set("lane.partitioner", "murmur2")
                        .createTopics(SHARDS, 1);
                SchedulerService service = deployment.start("misplaced");
                KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(null, Map.of());
                KafkaConsumer<byte[], byte[]> letters = letters(deployment)) {
            deployment.ready(1 - home, 1, job, 0, 0, 1);
            // The partition that Kafka's default partitioner chooses.
            deployment.send(Topic.READY, null, job, new TaskReady(1L, job, 0L, List.of(0), 0));
            assertThat(reason(take(letters, 1).get(0)))
                    .contains("belongs in partition " + home + " of 2")
                    .contains("lies in partition " + (1 - home))
                    .contains("murmur2_random");
            fleet.assign(List.of(new TopicPartition(deployment.topic(Topic.DISPATCH), 0)));
            List<Long> ids = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                fleet.poll(Duration.ofMillis(100))
                        .forEach(made -> ids.add(made.value().getAssignmentId()));
                return !ids.isEmpty();
            });
            assertThat(ids).hasSize(1);
            assertThat(new AssignmentIds(SHARDS).shardOf(ids.get(0))).isEqualTo(home);
            assertThat(service.isRunning()).isTrue();
        }
    }

    /** Lets the dead-letter topic take 20 KB at most. */
    private static void narrow(TestDeployment deployment) throws ExecutionException, InterruptedException {
        deployment
                .admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, deployment.deadLetters()),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static void sendUnwaited(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record, (sent, failure) -> {});
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 32 << 20));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> take(KafkaConsumer<byte[], byte[]> letters, int wanted) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        await().atMost(LONG).until(() -> {
            letters.poll(Duration.ofMillis(100)).forEach(found::add);
            return found.size() >= wanted;
        });
        return found;
    }

    private static void assertGoesOn(TestDeployment deployment, SchedulerService service) {
        try (KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(null, Map.of())) {
            fleet.assign(List.of(new TopicPartition(deployment.topic(Topic.DISPATCH), 0)));
            deployment.ready(0, 1, 77, 0, 0, 1);
            await().atMost(LONG).until(() -> !fleet.poll(Duration.ofMillis(100)).isEmpty());
        }
        assertThat(service.isRunning()).isTrue();
    }

    /** Returns the records that the same topology refuses without a broker, whatever came before them, as other parts of a graph might. */
    private static List<MutatedEvents.Mutated> pills(MutatedEvents events) {
        List<MutatedEvents.Mutated> pills = new ArrayList<>();
        try (SchedulerDriver judge = new SchedulerDriver()) {
            while (pills.size() < PILLS) {
                MutatedEvents.Mutated record = events.next();
                judge.sendRaw(record.lane(), record.key(), record.value());
                if (!judge.deadLetters().isEmpty()) {
                    String reason = new String(
                            judge.deadLetters()
                                    .readRecord()
                                    .headers()
                                    .lastHeader(Topic.REASON_HEADER)
                                    .value(),
                            StandardCharsets.UTF_8);
                    if (!reason.contains("resource group") && !reason.startsWith("part ")) {
                        pills.add(record);
                    }
                }
            }
        }
        return pills;
    }

    private static KafkaConsumer<byte[], byte[]> letters(TestDeployment deployment) {
        KafkaConsumer<byte[], byte[]> letters = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        letters.assign(List.of(new TopicPartition(deployment.deadLetters(), 0)));
        letters.seekToBeginning(letters.assignment());
        return letters;
    }

    private static void send(TestDeployment deployment, List<MutatedEvents.Mutated> pills)
            throws ExecutionException, InterruptedException {
        int apart = PILLS / EVENTS;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < PILLS; i++) {
                MutatedEvents.Mutated pill = pills.get(i);
                Future<RecordMetadata> sent = producer.send(
                        new ProducerRecord<>(deployment.topic(pill.lane()), i % SHARDS, pill.key(), pill.value()));
                if (i % apart == apart - 1) {
                    sent.get();
                    long job = GOOD_JOBS + i;
                    deployment.ready(i / apart % SHARDS, 1, job, 0, 0, 1);
                }
            }
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8);
    }
}
