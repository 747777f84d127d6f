package io.yardmaster.bench.connect;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.runs.Background;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;

/** There and back: from COMMIT of a row that says ready to the row that says how the task ended; then outcomes alone. */
final class ResultsRound {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int UNCOUNTED = 200;
    private static final long FAST_JOB = 1_000;
    private static final int FAST_JOBS = 100;

    private final ConnectRig rig;
    private final Way way;
    private final ConnectOptions options;
    private final String name;
    private final DatabaseServer server;

    ResultsRound(ConnectRig rig, Way way, ConnectOptions options) {
        this.rig = rig;
        this.way = way;
        this.options = options;
        name = "results_" + way.name().toLowerCase(Locale.ROOT);
        server = rig.server(way);
    }

    /**
     * The measurements of a round.
     *
     * @param p50 milliseconds from the return of COMMIT of the ready row to the first look that sees the outcome's row
     * @param in the median part of it until the event is in the ready topic
     * @param back the median part of it from the outcome in its topic on
     * @param rowsPerSecond from the first outcome sent to the last row
     */
    record Result(Way way, double p50, double p99, double in, double back, double rowsPerSecond) {
        double overConnectors() {
            return p50 / (in + back);
        }
    }

    Result run() {
        try (BenchTopics topics = new BenchTopics(rig.admin(), name, 1)) {
            Map<String, String> settings = rig.schedulerSettings(topics, name);
            try (SchedulerService scheduler = new SchedulerService(SchedulerConfig.from(settings))) {
                scheduler.start();
                scheduler.awaitRunning(PATIENCE);
                setUp();
                Result result = measure(topics, settings);
                rig.worker().rest().delete(name);
                rig.worker().rest().delete(name + "-results");
                return result;
            }
        } catch (SQLException e) {
            throw new BenchException(way + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void setUp() throws SQLException, IOException {
        rig.createDatabase(server, name, List.of(way.outboxDdl(), way.modeDdl(), way.resultsDdl()));
        rig.deploy(name, rig.config(way.config(), server, name));
        rig.deploy(name + "-results", rig.config(way.resultsConfig(), server, name));
    }

    private Result measure(BenchTopics topics, Map<String, String> settings) {
        int rows = options.latencyRows() + UNCOUNTED;
        AtomicLongArray committed = new AtomicLongArray(rows);
        AtomicLongArray ready = new AtomicLongArray(rows);
        AtomicLongArray ended = new AtomicLongArray(rows);
        AtomicLongArray written = new AtomicLongArray(rows);
        var readies = ValueSerdes.of(Topic.READY, settings).deserializer();
        var outcomes = ValueSerdes.of(Topic.OUTCOMES, settings).deserializer();
        ExecutionManager manager = noOp(settings);
        try {
            Background seesReady = Background.start(
                    "ready",
                    () -> follow(topics.ready(), ready, record -> {
                        TaskReady event = readies.deserialize(record.topic(), record.value());
                        event.getTaskIndices().forEach(index -> ready.set(index, System.nanoTime()));
                    }));
            Background seesEnds = Background.start(
                    "ends",
                    () -> follow(
                            topics.outcomes(),
                            ended,
                            record -> ended.set(
                                    outcomes.deserialize(record.topic(), record.value())
                                            .getTaskIndex(),
                                    System.nanoTime())));
            Background inserting =
                    Background.start("inserter", () -> Inserts.paced(server, name, rows, options.rate(), committed));
            ResultRows.await(server, name, Inserts.PACED_JOB, written, PATIENCE);
            inserting.join();
            seesReady.join();
            seesEnds.join();
        } finally {
            manager.close();
        }
        Sample whole = difference(committed, written);
        double rate = rate(topics, rows, settings);
        return new Result(
                way,
                whole.median(),
                whole.quantile(0.99),
                difference(committed, ready).median(),
                difference(ended, written).median(),
                rate);
    }

    private ExecutionManager noOp(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(settings);
        own.keySet().removeIf(key -> key.startsWith("kafka.") || key.equals("state.dir"));
        own.put("bootstrap.servers", rig.bootstrapServers());
        return ExecutionManager.builder()
                .settings(own)
                .parallelism(4)
                .handler((assignment, context) -> {})
                .start();
    }

    /** Reads a topic until there is a time for each task. */
    private void follow(String topic, AtomicLongArray times, Consumer<ConsumerRecord<byte[], byte[]>> taken) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", rig.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long start = System.nanoTime();
            int first = 0;
            while (first < times.length()) {
                consumer.poll(POLL).forEach(taken);
                while (first < times.length() && times.get(first) != 0) {
                    first++;
                }
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new BenchException("%s: %s of %s tasks".formatted(topic, first, times.length()));
                }
            }
        }
    }

    private static Sample difference(AtomicLongArray from, AtomicLongArray to) {
        List<Double> millis = new ArrayList<>();
        for (int row = UNCOUNTED; row < from.length(); row++) {
            millis.add((to.get(row) - from.get(row)) / 1e6);
        }
        return new Sample(millis);
    }

    private double rate(BenchTopics topics, int before, Map<String, String> settings) {
        var serializer = ValueSerdes.of(Topic.OUTCOMES, settings).serializer();
        Map<String, Object> config = Map.of("bootstrap.servers", rig.bootstrapServers(), "linger.ms", 5);
        long start = System.nanoTime();
        try (var producer = new KafkaProducer<>(config, new LongSerializer(), new ByteArraySerializer())) {
            for (int row = 0; row < options.rows(); row++) {
                TaskOutcome outcome = outcome(FAST_JOB + row % FAST_JOBS, row);
                // A lost one shows as a position that is never reached.
                var unused = producer.send(new ProducerRecord<>(
                        topics.outcomes(), outcome.getJobId(), serializer.serialize(topics.outcomes(), outcome)));
            }
            ResultRows.awaitPosition(server, name, topics.outcomes(), before + (long) options.rows(), PATIENCE);
        }
        return options.rows() / ((System.nanoTime() - start) / 1e9);
    }

    private static TaskOutcome outcome(long job, int task) {
        Instant now = Instant.now();
        return new TaskOutcome(
                (long) task,
                7L,
                job,
                0L,
                TaskKind.TASK,
                task,
                0,
                TaskResult.SUCCEEDED,
                "",
                now.minusMillis(10),
                now,
                "worker-17.example.com-4711");
    }
}
