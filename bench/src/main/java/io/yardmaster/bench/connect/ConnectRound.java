package io.yardmaster.bench.connect;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.runs.Background;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** One way, on a database and topics of its own: first one row at a time, then as many as go through. */
final class ConnectRound {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Rows sent while everything is still cold. */
    private static final int UNCOUNTED = 200;

    private final ConnectRig rig;
    private final Way way;
    private final ConnectOptions options;
    private final String name;
    private final DatabaseServer server;

    ConnectRound(ConnectRig rig, Way way, ConnectOptions options) {
        this.rig = rig;
        this.way = way;
        this.options = options;
        name = "bench_" + way.name().toLowerCase(Locale.ROOT);
        server = rig.server(way);
    }

    /**
     * The measurements of a round.
     *
     * @param p50 milliseconds from the return of COMMIT to the assignment
     * @param rowsPerSecond from the first COMMIT to the last assignment
     */
    record Result(Way way, double p50, double p99, double rowsPerSecond) {}

    Result run() {
        try (BenchTopics topics = new BenchTopics(rig.admin(), name, 1)) {
            Map<String, String> settings = rig.schedulerSettings(topics, name);
            try (SchedulerService scheduler = new SchedulerService(SchedulerConfig.from(settings));
                    Drain drain = new Drain(rig.bootstrapServers(), topics.dispatch(), topics.group())) {
                scheduler.start();
                scheduler.awaitRunning(PATIENCE);
                setUp();
                Sample latency = latency(drain, settings);
                double rate = rate(drain);
                rig.worker().rest().delete(name);
                return new Result(way, latency.median(), latency.quantile(0.99), rate);
            }
        } catch (SQLException e) {
            throw new BenchException(way + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void setUp() throws SQLException, IOException {
        rig.createDatabase(server, name, List.of(way.outboxDdl(), way.modeDdl()));
        rig.deploy(name, rig.config(way.config(), server, name));
    }

    private Sample latency(Drain drain, Map<String, String> settings) {
        int rows = options.latencyRows() + UNCOUNTED;
        AtomicLongArray committed = new AtomicLongArray(rows);
        AtomicLongArray arrived = new AtomicLongArray(rows);
        var values = ValueSerdes.of(Topic.DISPATCH, settings).deserializer();
        Background inserting =
                Background.start("inserter", () -> Inserts.paced(server, name, rows, options.rate(), committed));
        drain.takeUntil(rows, PATIENCE, record -> {
            TaskAssignment assignment = values.deserialize(record.topic(), record.value());
            arrived.set(assignment.getTaskIndex(), System.nanoTime());
        });
        inserting.join();
        List<Double> millis = new ArrayList<>();
        for (int row = UNCOUNTED; row < rows; row++) {
            millis.add((arrived.get(row) - committed.get(row)) / 1e6);
        }
        return new Sample(millis);
    }

    private double rate(Drain drain) {
        long before = drain.taken();
        long start = System.nanoTime();
        Background inserting = Background.start("inserter", () -> Inserts.fast(server, name, options.rows()));
        long end = drain.takeUntil(before + options.rows(), PATIENCE);
        inserting.join();
        return options.rows() / ((end - start) / 1e9);
    }
}
