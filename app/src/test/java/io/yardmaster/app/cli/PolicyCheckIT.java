package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code policy check --replay yesterday} and {@code today} on the topics of a deployment. The day on which the policy was set has a job
 * whose tasks need a licence; the day before, a job that needs none. The clock of the command is the test's.
 */
class PolicyCheckIT {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    static Path directory;

    private static TestKafka kafka;
    private static Map<String, String> settings;
    /** The beginning of the day on which, by the broker's clock at the latest, the policy was set. */
    private static Instant day;

    private static Path policy;

    @BeforeAll
    static void deploy() throws Exception {
        kafka = TestKafka.start(directory.resolve("kafka"));
        String name = kafka.unique("check");
        settings = Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "kafka.application.id",
                name,
                "topic.prefix",
                name + ".",
                "schema.registry.url",
                "mock://" + name);
        SchedulerConfig config = SchedulerConfig.from(settings);
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.create(new TopicPlan(config.topics(), 1, 1, Optional.empty()));
        }
        policy = Files.writeString(directory.resolve("two.yaml"), "limits: {licence: {capacity: 2}}\n");
        CommandLineRun set = CommandLineRun.of(
                with(settings, "policy", "set", "limit/licence", "capacity=10").toArray(String[]::new));
        assertThat(set.exitCode()).as(set.stderr()).isZero();
        day = Instant.ofEpochMilli(System.currentTimeMillis()).truncatedTo(ChronoUnit.DAYS);
        String topic = config.topics().of(Topic.GRAPHS);
        try (KafkaProducer<Long, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new LongSerializer(),
                new ByteArraySerializer())) {
            for (JobGraph graph : List.of(graph(8, 5, Map.of()), graph(7, 10, Map.of("licence", 1L)))) {
                long at = day.toEpochMilli() - (graph.getJobId() == 8 ? 1 : 0);
                byte[] value =
                        ValueSerdes.of(Topic.GRAPHS, settings).serializer().serialize(topic, graph);
                producer.send(new ProducerRecord<>(topic, null, at, graph.getJobId(), value))
                        .get();
            }
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static List<String> with(Map<String, String> settings, String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        settings.entrySet().stream().map(one -> "--set=" + one.getKey() + "=" + one.getValue()))
                .toList();
    }

    private static JobGraph graph(long job, int tasks, Map<String, Long> needs) {
        return JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(job)
                .setSessionId(1)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(new Stage(
                        "only",
                        tasks,
                        List.of(),
                        When.ALL,
                        1,
                        0L,
                        0L,
                        ByteBuffer.allocate(0),
                        needs,
                        "",
                        0,
                        Map.of(),
                        false)))
                .build();
    }

    private static List<String> check(String word, Instant now) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new PolicyCommand(now::toEpochMilli))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(with(settings, "check", policy.toString(), "--replay", word, "--slots=10")
                        .toArray(String[]::new));
        assertThat(exitCode).as("%s", err).isZero();
        assertThat(err.toString()).isEmpty();
        return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    @Test
    void theDayBeforeIsReadFromTheTopics() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofHours(10), DAY.minusMillis(1))) {
            assertDay(check("yesterday", day.plus(DAY).plus(time)));
        }
    }

    @Test
    void theDayOfTheClockIsReadFromTheTopics() {
        assertDay(check("today", day));
        assertDay(check("today", day.plus(DAY).minusMillis(1)));
    }

    private static void assertDay(List<String> output) {
        assertThat(output)
                .contains(
                        "1 job since %s, replayed on 10 slots".formatted(day),
                        " all 0 s / 0 s 2.0 s / 4.0 s",
                        " limit/licence 100.0 % / 10 of 10 100.0 % / 2 of 2",
                        " lost most: group 1 (10 tasks), 0 s before, now 2.0 s");
    }

    @Test
    void aPolicyThatWasSetLaterWasNotInForce() {
        assertThat(check("yesterday", day.plus(Duration.ofHours(1))))
                .contains(
                        "1 job since %s, replayed on 10 slots".formatted(day.minusMillis(1)),
                        " limit/licence - 0.0 % / 0 of 2");
    }
}
