package io.yardmaster.app.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.TopicSerializers;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.TaskFailedException;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingReader;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.When;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.meters.Meters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of a scheduler on a real broker. */
class RecordingIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final long MINUTE = 60_000;
    private static final int JOBS = 20;
    private static final long COMMITS = 500;
    private static final long GRAPHS = 1_000;

    @TempDir
    static Path directory;

    private static TestKafka kafka;
    private static HttpService registry;

    private final Map<String, String> settings = new HashMap<>();
    private KafkaProducer<Long, byte[]> producer;
    private TopicSerializers serializers;

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

    @AfterEach
    void disconnect() {
        producer.close();
    }

    private void deploy(String ownName, int shards, String... more) {
        String name = kafka.unique(ownName);
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("kafka.application.id", name);
        settings.put("topic.prefix", name + ".");
        settings.put("dispatch.group", name + "-fleet");
        settings.put("schema.registry.url", registry.url() + "/registry");
        settings.put("state.dir", directory.resolve(name).toString());
        for (String setting : more) {
            settings.put(setting.split("=", -1)[0], setting.split("=", -1)[1]);
        }
        try (DeploymentTopics topics = DeploymentTopics.of(config())) {
            topics.create(new TopicPlan(config().topics(), shards, 2, Optional.empty()));
        }
        serializers = new TopicSerializers(settings);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", name + "-storage"),
                new LongSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    private SchedulerConfig config() {
        return SchedulerConfig.from(settings);
    }

    private SchedulerService launch() {
        SchedulerService service = new SchedulerService(config(), Meters.NONE, "test");
        service.start();
        return service;
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, long at, long job, V value) {
        String name = config().topics().of(topic);
        byte[] bytes = serializers.serialize(topic, name, value);
        var unused = producer.send(new ProducerRecord<>(name, null, at, job, bytes));
    }

    /** Thirty jobs of three groups, which the scheduler finds all at once. */
    private void sendBatch() {
        long at = System.currentTimeMillis() - MINUTE;
        producer.beginTransaction();
        for (int round = 0; round < 4; round++) {
            for (long job = 0; job < 30; job++) {
                List<Integer> tasks =
                        IntStream.range(5 * round, 5 * round + 5).boxed().toList();
                send(
                        Topic.READY,
                        at + 30L * round + job,
                        job,
                        new TaskReady(job < 20 ? 1L : job % 2 + 2, job, 1L, tasks, 0));
            }
        }
        producer.commitTransaction();
    }

    private List<ConsumerRecord<byte[], byte[]>> dispatched() {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                bytes,
                bytes)) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(config().topics().of(Topic.DISPATCH))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private String[] arguments(Path file, String... more) {
        List<String> all = new ArrayList<>(List.of("replay", "record", file.toString()));
        settings.forEach((key, value) -> all.add("--set=" + key + "=" + value));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private CommandLineRun record(Path file, String... more) {
        CommandLineRun run = CommandLineRun.of(arguments(file, more));
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        return run;
    }

    private static List<RecordedRecord> read(Path file) {
        List<RecordedRecord> all = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    @Test
    void R2_theCoreMakesTheAssignmentsOfARecordingInItsOrder() {
        deploy("batch", 1, "record.ticks=true", "fairness=resource-group", "dispatch.capacity=10000", "active.jobs=16");
        sendBatch();
        try (SchedulerService service = launch()) {
            service.awaitRunning(LONG);
            await().atMost(LONG).untilAsserted(() -> assertThat(dispatched()).hasSize(600));
        }
        Path file = directory.resolve("batch.jsonl.gz");
        CommandLineRun recorded = record(file);
        assertThat(recorded.stderr()).isEmpty();
        assertThat(recorded.stdout())
                .isEqualTo("recorded 721 records into " + file + ": ready 120, sessions 1, dispatch 600\n");
        assertThat(read(file).stream()
                        .filter(record -> record.topic() == RecordedTopic.DISPATCH)
                        .map(record -> record.partition() + "@" + record.offset() + " " + record.timestampMs()))
                .containsExactlyInAnyOrderElementsOf(dispatched().stream()
                        .map(record -> record.partition() + "@" + record.offset() + " " + record.timestamp())
                        .toList());

        CommandLineRun same = CommandLineRun.of("replay", "verify", file.toString());
        assertThat(same.stderr()).isEmpty();
        assertThat(same.stdout()).isEqualTo("shard 0: tick by tick, of 600 assignments 600 are the core's, 0 differ\n");
        assertThat(same.exitCode()).isZero();
        for (String change : List.of("fairness=job", "active.jobs=8")) {
            CommandLineRun other = CommandLineRun.of("replay", "verify", file.toString(), "--set=" + change);
            assertThat(other.exitCode()).as(change).isEqualTo(1);
            assertThat(other.stdout()).contains("shard 0: the first difference is assignment ");
        }
    }

    private String[] serveArguments() {
        return Stream.concat(
                        Stream.of("--set=http.listen=127.0.0.1:0"),
                        settings.entrySet().stream().map(one -> "--set=" + one.getKey() + "=" + one.getValue()))
                .toArray(String[]::new);
    }

    private ExecutionManager fleet() {
        return ExecutionManager.builder()
                .settings(Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "schema.registry.url",
                        settings.get("schema.registry.url"),
                        "topic.prefix",
                        settings.get("topic.prefix"),
                        "dispatch.group",
                        settings.get("dispatch.group")))
                .parallelism(8)
                .handler(RecordingIT::handle)
                .start();
    }

    /**
     * Graphs, failures and their next attempts, commits, commands, two shards, a window of few places, and a scheduler that is killed in
     * the middle.
     */
    @Test
    void R2_aDayWithGraphsOutcomesCommandsAndAFailoverIsReplayedBitByBit() throws Exception {
        deploy(
                "day",
                2,
                "record.ticks=true",
                "dispatch.capacity=16",
                "active.jobs=4",
                "fairness=resource-group",
                "kafka.session.timeout.ms=6000",
                "kafka.heartbeat.interval.ms=1500");
        Path file = directory.resolve("day.jsonl.gz");
        try (ExecutionManager fleet = fleet()) {
            try (ServeProcess first = ServeProcess.start(directory, serveArguments())) {
                first.awaitReady();
                sendDay(0);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(dispatched()).hasSizeGreaterThan(100));
                first.kill9();
            }
            sendDay(JOBS);
            try (SchedulerService second = launch()) {
                second.awaitRunning(LONG);
                int all = 2 * JOBS * (10 + 1 + 2 * 3);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(dispatched()).hasSizeGreaterThanOrEqualTo(all));
            }
            assertThat(fleet.stopped().toCompletableFuture()).isNotDone();
        }
        record(file);
        assertThat(read(file).toString()).doesNotContain("payload", "hunter2");
        CommandLineRun verified = CommandLineRun.of("replay", "verify", file.toString());
        assertThat(verified.stdout())
                .as(verified.stderr())
                .matches("(shard \\d: tick by tick, of (\\d+) assignments \\2 are the core's, 0 differ\n){2}");
        assertThat(verified.exitCode()).isZero();
        CommandLineRun other = CommandLineRun.of("replay", "verify", file.toString(), "--set=fairness=job");
        assertThat(other.exitCode()).isEqualTo(1);
        CommandLineRun replayed = CommandLineRun.of(
                "replay", file.toString(), "--slots=8", "--policy=fairness=job", "--policy=fairness=resource-group");
        assertThat(replayed.exitCode()).as(replayed.stderr()).isZero();
        assertThat(replayed.stdout()).contains("recorded", "fairness=job", "fairness=resource-group");

        Path whole = directory.resolve("payloads.jsonl.gz");
        record(whole, "--payloads");
        assertThat(read(whole).toString())
                .contains(java.util.Base64.getEncoder().encodeToString("hunter2".getBytes(StandardCharsets.UTF_8)));
    }

    /** Jobs with ten tasks, jobs with a commit task, graphs, and commands, some of which overtake their jobs. */
    private void set(String key, String field) {
        List<String> all = new ArrayList<>(List.of("policy", "set", key, field));
        settings.forEach((name, value) -> all.add("--set=" + name + "=" + value));
        CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.stderr()).isZero();
    }

    /** Two shards share a licence; the tasks of the pool are in a topic of its own; one group has a rate and the pool another, and a rule of retries is in force. */
    @Test
    void R2_aDayWithLimitsAPoolARateAndARuleIsReplayedBitByBit() {
        deploy("limits", 2, "record.ticks=true", "dispatch.capacity=16", "fairness=weighted");
        set("limit/licence", "capacity=3");
        set("pool/gpu", "window=100");
        set("pool/gpu", "rate=20");
        set("group/0", "rate=40");
        set("retry/1", "attempts=3");
        Path file = directory.resolve("limits.jsonl.gz");
        int jobs = 30;
        try (ExecutionManager fleet = fleet();
                SchedulerService service = launch()) {
            service.awaitRunning(LONG);
            for (long job = 0; job < jobs; job++) {
                producer.beginTransaction();
                long at = System.currentTimeMillis();
                send(Topic.READY, at, job, new TaskReady(job % 3, job, 1L, List.of(0, 1, 2, 3), 0));
                Map<String, Long> needs = Map.of("licence", 1L + job % 2);
                send(Topic.GRAPHS, at, GRAPHS + job, graph(GRAPHS + job, needs, job % 2 == 0 ? "gpu" : ""));
                producer.commitTransaction();
                if (job == jobs / 2) {
                    set("limit/licence", "capacity=2");
                }
            }
            // The graphs' first tasks, of which one is tried twice, and those behind them that are not of the pool.
            int ofDefault = jobs * (4 + 4) + jobs / 2 * 3;
            await().atMost(LONG).untilAsserted(() -> assertThat(dispatched()).hasSizeGreaterThanOrEqualTo(ofDefault));
            assertThat(fleet.stopped().toCompletableFuture()).isNotDone();
        }
        CommandLineRun recorded = record(file);
        assertThat(recorded.stderr()).isEmpty();
        assertThat(read(file).stream().filter(record -> record.pool().equals("gpu")))
                .isNotEmpty()
                .allMatch(record -> record.topic() == RecordedTopic.DISPATCH);
        CommandLineRun verified = CommandLineRun.of("replay", "verify", file.toString());
        assertThat(verified.stdout())
                .as(verified.stderr())
                .matches("(shard \\d: tick by tick, of (\\d+) assignments \\2 are the core's, 0 differ\n){2}");
        assertThat(verified.exitCode()).isZero();
    }

    private void sendDay(long first) {
        for (long job = first; job < first + JOBS; job++) {
            producer.beginTransaction();
            long at = System.currentTimeMillis();
            List<Integer> tasks = IntStream.range(0, 10).boxed().toList();
            send(Topic.COMMANDS, at, GRAPHS + job, command(GRAPHS + job, CommandType.SET_PRIORITY, (int) (job % 3)));
            send(Topic.READY, at, job, new TaskReady(job % 3, job, 1L, tasks, 0));
            send(Topic.GRAPHS, at, GRAPHS + job, graph(GRAPHS + job));
            send(Topic.COMMIT, at, COMMITS + job, new CommitReady(job % 3, COMMITS + job, 1L));
            if (job % 5 == 0) {
                send(Topic.COMMANDS, at, job, command(job, CommandType.PAUSE, 0));
                send(Topic.COMMANDS, at, job, command(job, CommandType.RESUME, 0));
            }
            producer.commitTransaction();
        }
    }

    private static JobCommand command(long job, CommandType type, int priority) {
        return new JobCommand(job, -1L, type, "", "test", priority);
    }

    private static JobGraph graph(long job) {
        return graph(job, Map.of(), "");
    }

    /** A graph of two stages: the first with these needs, the second of this pool. */
    private static JobGraph graph(long job, Map<String, Long> needs, String pool) {
        ByteBuffer secret = ByteBuffer.wrap("hunter2".getBytes(StandardCharsets.UTF_8));
        return JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(job)
                .setSessionId(1)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(
                        new Stage("first", 3, List.of(), When.ALL, 2, 20L, 0L, secret, needs, "", 0, Map.of(), false),
                        new Stage(
                                "then",
                                3,
                                List.of(new StageDependency("first", true)),
                                When.ALL,
                                1,
                                0L,
                                0L,
                                secret,
                                Map.of(),
                                pool,
                                0,
                                Map.of(),
                                false)))
                .build();
    }

    private static void handle(Assignment assignment, HandlerContext context) throws Exception {
        if (assignment.jobId() >= GRAPHS && assignment.taskIndex() == 1 && assignment.attempt() == 0) {
            throw new TaskFailedException("flaky");
        }
    }

    @Test
    void recordsAreRecordedAsTheyComeAndKilledRecordersLeaveThem() throws Exception {
        deploy("live", 2);
        producer.beginTransaction();
        send(Topic.READY, System.currentTimeMillis(), 1, new TaskReady(1L, 1L, 1L, List.of(0), 0));
        producer.commitTransaction();
        Path killed = directory.resolve("killed.jsonl.gz");
        Path stopped = directory.resolve("stopped.jsonl.gz");
        try (CommandProcess toKill =
                        CommandProcess.start(directory, directory.resolve("kill.out"), arguments(killed, "--follow"));
                CommandProcess toStop = CommandProcess.start(
                        directory, directory.resolve("stop.out"), arguments(stopped, "--follow"))) {
            toKill.awaitOutput("recording into ");
            toStop.awaitOutput("recording into ");
            await().atMost(LONG).until(() -> Files.size(killed) > 0 && Files.size(stopped) > 0);
            producer.beginTransaction();
            send(Topic.READY, System.currentTimeMillis(), 2, new TaskReady(1L, 2L, 1L, List.of(0), 0));
            send(Topic.COMMIT, System.currentTimeMillis(), 2, new CommitReady(1L, 2L, 1L));
            producer.commitTransaction();
            await().atMost(LONG).untilAsserted(() -> assertThat(read(killed)).hasSize(2));
            await().atMost(LONG).untilAsserted(() -> assertThat(read(stopped)).hasSize(2));
            toKill.kill9();
            assertThat(toStop.stop()).isZero();
            assertThat(toStop.output()).endsWith("recorded 2 records into " + stopped + ": ready 1, commit 1\n");
        }
        try (RecordingReader reader = RecordingReader.open(killed)) {
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.isWhole()).isFalse();
        }
        try (RecordingReader reader = RecordingReader.open(stopped)) {
            assertThat(reader.header().isWhole()).isFalse();
        }
        assertThat(read(stopped)).isEqualTo(read(killed));
    }

    @Test
    void onlyRecordsOfTheTimeAreRecordedAndDeletedOnesAreReported() throws Exception {
        deploy("span", 1);
        long now = System.currentTimeMillis();
        producer.beginTransaction();
        for (int minute = 0; minute < 10; minute++) {
            send(Topic.READY, now - (10 - minute) * MINUTE, 1, new TaskReady(1L, 1L, 1L, List.of(minute), 0));
        }
        producer.commitTransaction();
        Path part = directory.resolve("part.jsonl.gz");
        String from = java.time.Instant.ofEpochMilli(now - 8 * MINUTE).toString();
        String to = java.time.Instant.ofEpochMilli(now - 5 * MINUTE).toString();
        record(part, "--from=" + from, "--to=" + to);
        assertThat(read(part)).extracting(RecordedRecord::offset).containsExactly(2L, 3L, 4L, 5L);

        TopicPartition ready = new TopicPartition(config().topics().of(Topic.READY), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteRecords(Map.of(ready, RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }
        Path left = directory.resolve("left.jsonl.gz");
        assertThat(record(left, "--from=2h").stderr())
                .isEqualTo(
                        "yardmaster: Kafka has all records only from "
                                + java.time.Instant.ofEpochMilli(now - 6 * MINUTE)
                                + " on: older ones were taken and, after keep.taken, deleted; --follow records them as they come\n");
        assertThat(read(left)).extracting(RecordedRecord::offset).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(record(directory.resolve("later.jsonl.gz"), "--from=" + to).stderr())
                .isEmpty();
        CommandLineRun again = CommandLineRun.of(arguments(left));
        assertThat(again.stderr()).isEqualTo("yardmaster: " + left + ": exists already\n");
        assertThat(again.exitCode()).isEqualTo(2);
    }

    @Test
    void aRecordThatTheSchedulerRefusesIsRecordedWithTheReason() {
        deploy("refused", 1);
        producer.beginTransaction();
        send(Topic.READY, System.currentTimeMillis(), 1, new TaskReady(1L, 1L, 1L, List.of(-5), 0));
        var unused = producer.send(new ProducerRecord<>(config().topics().of(Topic.GRAPHS), 7L, new byte[] {1, 2, 3}));
        producer.commitTransaction();
        Path file = directory.resolve("refused.jsonl.gz");
        assertThat(record(file).stderr())
                .isEqualTo(
                        "yardmaster: 2 of 2 records make no sense, so that the scheduler refuses them; they are in the recording with the reason\n");
        assertThat(read(file))
                .extracting(record -> record.refused().orElseThrow())
                .contains("task index -5 is negative");
        CommandLineRun verified = CommandLineRun.of("replay", "verify", file.toString());
        assertThat(verified.stderr())
                .isEqualTo("yardmaster: 2 records make no sense, so that the scheduler refused them\n");
        assertThat(verified.exitCode()).isZero();
    }
}
