package io.yardmaster.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.TopicSerializers;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.HostPort;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command beside a Kafka with an events topic that the test writes. */
class EventsIT {
    /** Jobs whose events are in the partitions 0 and 1. */
    private static final long EVEN = job(0);

    private static final long ODD = job(1);

    @TempDir
    static Path directory;

    private static TestKafka kafka;
    private static HttpService registry;
    private static int deployments;

    private final Map<String, String> settings = Map.of(
            "kafka.bootstrap.servers",
            kafka.bootstrapServers(),
            "topic.events",
            kafka.unique("events-" + deployments++),
            "schema.registry.url",
            registry.url() + "/registry");
    private final TopicSerializers serializers = new TopicSerializers(settings);
    private final Instant now = Instant.now();
    private KafkaProducer<Long, byte[]> producer;

    @BeforeAll
    static void start() {
        kafka = TestKafka.start(directory.resolve("kafka"));
        registry = HttpService.start(new HostPort("127.0.0.1", 0));
        registry.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                RegistryApi.CONTENT_TYPE);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @BeforeEach
    void connect() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TestTopics.create(admin, List.of(new NewTopic(topic(), 2, (short) 1)));
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic()),
                new LongSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    @AfterEach
    void disconnect() {
        producer.close();
    }

    @Test
    void committedEventsArePrintedInTheOrderOfTheirTimes() {
        write(event(EVEN, 1), event(EVEN, 4), event(ODD, 2), event(ODD, 3));
        producer.beginTransaction();
        send(event(EVEN, 5));
        producer.flush();
        producer.abortTransaction();
        assertThat(events().lines()).containsExactly(text(EVEN, 1), text(ODD, 2), text(ODD, 3), text(EVEN, 4));
    }

    /** More events than are held in memory, of which one partition has all that come first. */
    @Test
    void manyEventsArePrintedInTheOrderOfTheirTimes() {
        write(IntStream.range(3_000, 6_000).mapToObj(ms -> event(ODD, ms)).toArray(JobEvent[]::new));
        write(IntStream.range(0, 3_000).mapToObj(ms -> event(EVEN, ms)).toArray(JobEvent[]::new));
        List<String> all = new ArrayList<>();
        IntStream.range(0, 3_000).forEach(ms -> all.add(text(EVEN, ms)));
        IntStream.range(3_000, 6_000).forEach(ms -> all.add(text(ODD, ms)));
        assertThat(events().lines()).containsExactlyElementsOf(all);
    }

    @Test
    void onlyEventsThatAreAskedForArePrinted() {
        write(event(EVEN, 1), event(ODD, 2));
        assertThat(events("--job=" + ODD)).isEqualTo(text(ODD, 2) + "\n");
        assertThat(events("--group=" + EVEN)).isEqualTo(text(EVEN, 1) + "\n");
        assertThat(events("--group=" + EVEN, "--job=" + ODD)).isEmpty();
        assertThat(events("--json", "--job=" + ODD))
                .isEqualTo(EventText.json(new TracedEvent(event(ODD, 2), Optional.empty())) + "\n");
    }

    @Test
    void onlyEventsOfTheLastTimeArePrinted() {
        write(event(EVEN, -3_600_000), event(ODD, -7_200_000), event(EVEN, 1));
        assertThat(events("--since=90m").lines()).containsExactly(text(EVEN, -3_600_000), text(EVEN, 1));
        assertThat(events("--since=30m").lines()).containsExactly(text(EVEN, 1));
    }

    @Test
    void aRecordThatIsNoEventIsReportedAndPassedOver() {
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>(topic(), 0, EVEN, new byte[] {1, 2, 3}));
        producer.commitTransaction();
        write(event(EVEN, 1));
        CommandLineRun run = run();
        assertThat(run.stdout()).isEqualTo(text(EVEN, 1) + "\n");
        assertThat(run.stderr()).startsWith("yardmaster: " + topic() + "-0@0: ").hasLineCount(1);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void laterEventsAreFollowedUntilItIsStopped() throws Exception {
        write(event(EVEN, 1));
        try (CommandProcess events =
                CommandProcess.start(directory, directory.resolve("events"), arguments("--follow"))) {
            events.awaitOutput(text(EVEN, 1) + "\n");
            write(event(ODD, 2));
            events.awaitOutput(text(ODD, 2) + "\n");
            assertThat(events.stop()).isZero();
            assertThat(events.output()).isEqualTo(text(EVEN, 1) + "\n" + text(ODD, 2) + "\n");
        }
    }

    private String topic() {
        return settings.get("topic.events");
    }

    private String events(String... arguments) {
        CommandLineRun run = run(arguments);
        assertThat(run.stderr()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.stdout();
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(arguments(arguments));
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("events"));
        settings.forEach((key, value) -> all.add("--set=" + key + "=" + value));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private void write(JobEvent... events) {
        producer.beginTransaction();
        List.of(events).forEach(this::send);
        producer.commitTransaction();
    }

    private void send(JobEvent event) {
        byte[] value = serializers.serialize(Topic.EVENTS, topic(), event);
        var unused = producer.send(
                new ProducerRecord<>(topic(), null, event.getAt().toEpochMilli(), event.getJobId(), value));
    }

    private static long job(int partition) {
        return LongStream.iterate(1, job -> job + 1)
                .filter(job -> JobPartition.of(job, 2) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** An event of a job in the resource group of the same number. */
    private JobEvent event(long job, long ms) {
        return new JobEvent(now.plusMillis(ms), job, job, 1L, JobEventKind.JOB_BEGAN, -1, 0L, 0, "", "", 0);
    }

    private String text(long job, long ms) {
        return EventText.line(new TracedEvent(event(job, ms), Optional.empty()));
    }
}
