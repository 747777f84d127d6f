package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.client.Assignment;
import io.yardmaster.embedded.connect.ConnectWorker;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S17: kill -9 of the worker in the middle loses no row, and no task is assigned twice. */
@ExtendWith(Site.class)
class KilledWorkerIT {
    private static final int ROWS = 8_000;
    /** The rows behind these come after the kill, so that a test that is late with it is in the middle all the same. */
    private static final int BEFORE_THE_KILL = 7_000;
    /** With the first row and the last one. */
    private static final int ALL_ROWS = ROWS + 2;

    private static final int JOBS = 20;
    private static final int ROWS_PER_TRANSACTION = 50;

    private final Site.Running site;

    KilledWorkerIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL_CDC, true", "MARIADB_CDC, true", "POSTGRESQL_CDC, false", "MARIADB_POLLING, true"})
    void S17_eachRowIsAssignedOnce(Scenario scenario, boolean exactlyOnce) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            Map<String, String> config = fixture.config(scenario.config());
            Map<String, String> worker = Map.of();
            if (!exactlyOnce) {
                config.remove("exactly.once.support");
                // Events since the last stored offset are sent again.
                worker = Map.of("exactly.once.source.support", "disabled", "offset.flush.interval.ms", "600000");
            }
            Thread inserting = new Thread(() -> insert(fixture, 0, BEFORE_THE_KILL), "inserting");
            try (ConnectWorker first =
                    site.newWorker(fixture.name + "-connect", worker).awaitUp()) {
                fixture.connect(first.rest(), config);
                // Debezium begins a first snapshot anew after a kill; this row comes when the snapshot is over.
                insertAndAwait(fixture, 998);
                inserting.start();
                await().until(() -> fixture.assignments.size() > ROWS / 10);
                first.kill9();
            }
            int atTheKill = fixture.assignments.size();
            try (ConnectWorker second =
                    site.newWorker(fixture.name + "-connect", worker).awaitUp()) {
                inserting.join();
                insert(fixture, BEFORE_THE_KILL, ROWS);
                await().atMost(Duration.ofMinutes(2)).until(() -> fixture.assignments.size() >= ROWS + 1);
                // A repeat would have come by then: the row of another job goes last.
                insertAndAwait(fixture, 999);
                assertThat(second.rest().isRunning(fixture.name)).isTrue();
            }
            Set<List<Long>> tasks = new HashSet<>();
            for (Assignment assignment : fixture.assignments) {
                tasks.add(List.of(assignment.jobId(), (long) assignment.taskIndex()));
            }
            List<TaskReady> events = events(fixture);
            int told = events.stream()
                    .mapToInt(event -> event.getTaskIndices().size())
                    .sum();
            System.out.printf(
                    "%s, exactly once %s: killed after %d assignments; %d rows, %d tasks in events, %d assignments%n",
                    scenario, exactlyOnce, atTheKill, ALL_ROWS, told, fixture.assignments.size());
            assertThat(atTheKill).isLessThan(ROWS);
            assertThat(fixture.assignments).hasSize(ALL_ROWS);
            assertThat(tasks).hasSize(ALL_ROWS);
            if (exactlyOnce) {
                assertThat(told).isEqualTo(ALL_ROWS);
                assertThat(events)
                        .as("rows of a job and transaction are joined")
                        .hasSizeLessThan(ROWS);
            } else {
                assertThat(told).as("repeats, which the scheduler dropped").isGreaterThan(ALL_ROWS);
            }
        }
    }

    private static void insertAndAwait(ConnectFixture fixture, long job) throws SQLException {
        fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (%d, 0)".formatted(job));
        await().until(() -> fixture.assignments.stream().anyMatch(assignment -> assignment.jobId() == job));
    }

    private static List<TaskReady> events(ConnectFixture fixture) {
        var reader = ValueSerdes.of(Topic.READY, fixture.settings()).deserializer();
        return fixture.records(fixture.topics().of(Topic.READY)).stream()
                .map(record -> reader.deserialize(record.topic(), record.value()))
                .toList();
    }

    private static void insert(ConnectFixture fixture, int from, int to) {
        try (Connection connection = fixture.server.connect(fixture.name);
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (?, ?)")) {
            connection.setAutoCommit(false);
            for (int row = from; row < to; row++) {
                statement.setLong(1, row % JOBS);
                statement.setInt(2, row / JOBS);
                statement.addBatch();
                if (row % ROWS_PER_TRANSACTION == ROWS_PER_TRANSACTION - 1) {
                    statement.executeBatch();
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
