package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingReader;
import io.yardmaster.schemas.Host;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
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
        settings = deploy("check", false);
        policy = Files.writeString(directory.resolve("two.yaml"), "limits: {licence: {capacity: 2}}\n");
        run(with(settings, "policy", "set", "limit/licence", "capacity=10"));
        day = Instant.ofEpochMilli(System.currentTimeMillis()).truncatedTo(ChronoUnit.DAYS);
        send(settings, Topic.GRAPHS, day.toEpochMilli() - 1, 8L, graph(8, 5, Map.of(), ""));
        send(settings, Topic.GRAPHS, day.toEpochMilli(), 7L, graph(7, 10, Map.of("licence", 1L), ""));
    }

    private static Map<String, String> deploy(String own, boolean hosts) {
        String name = kafka.unique(own);
        Map<String, String> deployed = Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "kafka.application.id",
                name,
                "topic.prefix",
                name + ".",
                "schema.registry.url",
                "mock://" + name);
        SchedulerConfig config = SchedulerConfig.from(deployed);
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.create(new TopicPlan(config.topics(), hosts, 1, 1, Optional.empty()));
        }
        return deployed;
    }

    private static <V extends SpecificRecord> void send(
            Map<String, String> deployment, Topic<V> topic, long at, Object key, V value) throws Exception {
        String name = SchedulerConfig.from(deployment).topics().of(topic);
        byte[] keyBytes = key instanceof Long job
                ? new LongSerializer().serialize(name, job)
                : key.toString().getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = ValueSerdes.of(topic, deployment).serializer().serialize(name, value);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(name, null, at, keyBytes, valueBytes))
                    .get();
        }
    }

    private static String run(List<String> arguments) {
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        return run.stdout();
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

    private static JobGraph graph(long job, int tasks, Map<String, Long> needs, String pool) {
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
                        pool,
                        0,
                        Map.of(),
                        false)))
                .build();
    }

    private static List<String> check(String word, Instant now) {
        return check(settings, policy, word, now);
    }

    private static List<String> check(Map<String, String> deployment, Path file, String word, Instant now) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new PolicyCommand(now::toEpochMilli))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(with(deployment, "check", file.toString(), "--replay", word, "--slots=10")
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

    @Test
    void aReplayReadsTheTopicsBetweenTwoTimes() {
        String from = "--from=" + day;
        String to = "--to=" + day.plus(DAY).minusMillis(1);
        assertThat(run(with(settings, "replay", from, to, "--slots=10", "--policy=" + policy)))
                .startsWith("1 job since %s, replayed on 10 slots\n".formatted(day))
                .containsPattern("\nmakespan +5\\.0 s\n");
        assertThat(run(with(settings, "replay", "--to=" + day.minusMillis(1), "--slots=10")))
                .startsWith("1 job since %s, replayed on 10 slots\n".formatted(day.minusMillis(1)));
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

    private static Host host(String name, long gpus) {
        return Host.newBuilder()
                .setPool("gpu")
                .setHost(name)
                .setIncarnation(1)
                .setTotal(Map.of("gpu", gpus))
                .setDispatchPartition(0)
                .setAt(Instant.ofEpochMilli(System.currentTimeMillis()))
                .build();
    }

    /** Six tasks with two GPUs each. One host has room for two of them, the other one for one. */
    @Test
    void P1_tasksForHostsAreReplayedOnTheHostsThatWereHeard() throws Exception {
        Instant begin = Instant.ofEpochMilli(System.currentTimeMillis()).truncatedTo(ChronoUnit.DAYS);
        Map<String, String> deployment = deploy("placed", true);
        run(with(deployment, "policy", "set", "pool/gpu", "placement=hosts"));
        for (int beat = 0; beat < 3; beat++) {
            send(deployment, Topic.HOSTS, 0, "gpu", host("a", 4));
            send(deployment, Topic.HOSTS, 0, "gpu", host("b", 2));
        }
        send(deployment, Topic.GRAPHS, begin.toEpochMilli(), 7L, graph(7, 6, Map.of("gpu", 2L), "gpu"));

        Path narrow =
                Files.writeString(directory.resolve("narrow.yaml"), "pools: {gpu: {placement: hosts, window: 1}}\n");
        assertThat(check(deployment, narrow, "today", begin))
                .contains(
                        "1 job since %s, replayed on 10 slots".formatted(begin),
                        " hosts/gpu 100.0 % / 6 of 6 33.3 % / 2 of 6");

        Path earlier = directory.resolve("earlier.jsonl.gz");
        run(with(deployment, "replay", "record", earlier.toString(), "--to=2h"));
        List<RecordedRecord> hosts = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(earlier, Set.of(RecordedTopic.HOSTS))) {
            for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                hosts.add(next.get());
            }
        }
        assertThat(hosts)
                .as("the oldest heartbeats stand in for older ones")
                .extracting(record -> record.value().toString())
                .containsExactly(
                        "{\"pool\":\"gpu\",\"host\":\"a\",\"incarnation\":1,\"total\":{\"gpu\":4},\"labels\":{},\"present\":true}",
                        "{\"pool\":\"gpu\",\"host\":\"b\",\"incarnation\":1,\"total\":{\"gpu\":2},\"labels\":{},\"present\":true}");
    }
}
