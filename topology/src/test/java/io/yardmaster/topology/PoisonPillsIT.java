package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.testkafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Poison pills between events, on a real broker. */
class PoisonPillsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PILLS = 2_000;
    private static final int EVENTS = 50;
    private static final long GOOD_JOBS = 1_000_000;
    private static final int LANES = 2;

    private static final String REGISTRY = "mock://topology-test";

    @TempDir
    Path directory;

    @Test
    void noneStopsItsPartitionAndEachIsInTheDeadLetterTopicWithAReason() throws Exception {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("poison pills: yardmaster.fuzz.seed=" + seed);
        List<MutatedEvents.Mutated> pills = pills(new MutatedEvents(seed, Map.of("schema.registry.url", REGISTRY)));
        try (TestKafka kafka = TestKafka.start(directory.resolve("kafka"));
                Deployment deployment = new Deployment(kafka, "pills", directory)
                        .set("schema.registry.url", REGISTRY)
                        .set("dispatch.capacity", EVENTS)
                        .createTopics(LANES, 1);
                SchedulerService service = deployment.start("state");
                KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(null, Map.of());
                KafkaConsumer<byte[], byte[]> letters = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            send(kafka, deployment, pills);
            fleet.assign(List.of(new TopicPartition(deployment.topic(Topic.DISPATCH), 0)));
            fleet.seekToBeginning(fleet.assignment());
            List<Long> dispatched = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                fleet.poll(Duration.ofMillis(100)).forEach(record -> dispatched.add(record.key()));
                return dispatched.size() >= EVENTS;
            });
            assertThat(dispatched).hasSize(EVENTS).doesNotHaveDuplicates();
            letters.assign(List.of(new TopicPartition("pills.dead-letter", 0)));
            letters.seekToBeginning(letters.assignment());
            List<String> reasons = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                letters.poll(Duration.ofMillis(100)).forEach(letter -> reasons.add(reason(letter)));
                return reasons.size() >= PILLS;
            });
            assertThat(reasons).hasSize(PILLS).noneMatch(String::isBlank);
            assertThat(service.isRunning()).isTrue();
        }
    }

    /** Those that the same topology refuses without a broker, whatever came before them. */
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
                    if (!reason.contains("resource group")) {
                        pills.add(record);
                    }
                }
            }
        }
        return pills;
    }

    private static void send(TestKafka kafka, Deployment deployment, List<MutatedEvents.Mutated> pills)
            throws ExecutionException, InterruptedException {
        int apart = PILLS / EVENTS;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < PILLS; i++) {
                MutatedEvents.Mutated pill = pills.get(i);
                Future<RecordMetadata> sent = producer.send(
                        new ProducerRecord<>(deployment.topic(pill.lane()), i % LANES, pill.key(), pill.value()));
                if (i % apart == apart - 1) {
                    sent.get();
                    long job = GOOD_JOBS + i;
                    deployment.ready(i / apart % LANES, 1, job, 0, 0, 1);
                }
            }
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8);
    }
}
