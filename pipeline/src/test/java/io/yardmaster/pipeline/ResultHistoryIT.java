package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the outcomes of execution managers, in whatever order and however often they come, with the tables. */
@ExtendWith(Site.class)
class ResultHistoryIT {
    private static final int RECORDS = 3_000;
    private static final List<TaskResult> RESULTS = List.of(TaskResult.values());
    private static final String ROWS =
            """
            SELECT concat_ws(' ', job_id, task_index, session_id, attempt, result) FROM yardmaster_outcomes
            """;
    private static final String COUNTS =
            "SELECT concat_ws(' ', succeeded, failed, killed) FROM yardmaster_jobs ORDER BY job_id";

    private final Site.Running site;

    ResultHistoryIT(Site.Running site) {
        this.site = site;
    }

    private ConnectFixture open(Database database) throws Exception {
        ConnectFixture fixture = new ConnectFixture(site, database).ddl(database.prefix() + "-results.sql");
        fixture.createTopics();
        fixture.connectResults(fixture.config(database.prefix() + "-results.json"));
        return fixture;
    }

    @ParameterizedTest
    @EnumSource
    void aRandomHistoryLeavesTheRowsOfTheOracle(Database database) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<TaskOutcome> history = history(new Random(seed));
        Collection<String> expected = expected(history);
        try (ConnectFixture fixture = open(database);
                ResultSender sender = new ResultSender(fixture)) {
            history.forEach(sender::send);
            awaitPosition(fixture, RECORDS);
            assertThat(fixture.column(ROWS)).containsExactlyInAnyOrderElementsOf(expected);
            List<String> counts = fixture.column(COUNTS);
            assertThat(fixture.column("SELECT sum(succeeded + failed + killed) FROM yardmaster_jobs"))
                    .isEqualTo(fixture.column("SELECT count(*) FROM yardmaster_tasks WHERE result <> 'REFUSED'"));

            // As if the database had been put back to a backup with fewer rows and an earlier position.
            fixture.sql("DELETE FROM yardmaster_outcomes");
            fixture.sql("DELETE FROM yardmaster_jobs");
            fixture.sql("UPDATE yardmaster_positions SET next_offset = 0");
            sender.send(history.get(0));
            awaitPosition(fixture, RECORDS + 1);
            assertThat(fixture.column(ROWS)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(fixture.column(COUNTS)).isEqualTo(counts);

            // As if somebody wanted to be sure; nobody sends anything.
            fixture.sql("DELETE FROM yardmaster_positions");
            awaitPosition(fixture, RECORDS + 1);
            assertThat(fixture.column(ROWS)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(fixture.column(COUNTS)).isEqualTo(counts);
        }
    }

    private static void awaitPosition(ConnectFixture fixture, long position) {
        await().until(() -> fixture.column("SELECT next_offset FROM yardmaster_positions WHERE topic = '%s'"
                        .formatted(fixture.topics().of(Topic.OUTCOMES)))
                .equals(List.of(Long.toString(position))));
    }

    private static List<TaskOutcome> history(Random random) {
        List<TaskOutcome> history = new ArrayList<>();
        while (history.size() < RECORDS) {
            history.add(
                    !history.isEmpty() && random.nextInt(5) == 0
                            ? history.get(random.nextInt(history.size()))
                            : ResultSender.outcome(
                                    random.nextInt(20),
                                    random.nextInt(40),
                                    random.nextInt(3),
                                    random.nextInt(4),
                                    RESULTS.get(random.nextInt(4))));
        }
        return history;
    }

    private static Collection<String> expected(List<TaskOutcome> history) {
        Comparator<TaskOutcome> order = Comparator.comparing(TaskOutcome::getAttempt)
                .thenComparing(outcome -> outcome.getResult() != TaskResult.REFUSED);
        Map<String, TaskOutcome> rows = new HashMap<>();
        for (TaskOutcome outcome : history) {
            String key = "%s %s %s".formatted(outcome.getJobId(), outcome.getTaskIndex(), outcome.getSessionId());
            rows.merge(key, outcome, (old, later) -> order.compare(later, old) > 0 ? later : old);
        }
        return rows.entrySet().stream()
                .map(row -> "%s %s %s"
                        .formatted(
                                row.getKey(),
                                row.getValue().getAttempt(),
                                row.getValue().getResult()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatCannotBeARowIsADeadLetterWithItsReason(Database database) throws Exception {
        try (ConnectFixture fixture = open(database);
                ResultSender sender = new ResultSender(fixture)) {
            fixture.sql("ALTER TABLE yardmaster_outcomes ADD CONSTRAINT few CHECK (task_index < 1000)");
            sender.send(ResultSender.outcome(1, 0, 0, 0, TaskResult.SUCCEEDED));
            sender.sendBytes(1, new byte[] {1, 2, 3});
            sender.sendBytes(
                    1,
                    ValueSerdes.of(Topic.READY, fixture.settings())
                            .serializer()
                            .serialize(fixture.topics().of(Topic.READY), new TaskReady(7L, 1L, 0L, List.of(0), 0)));
            sender.sendBytes(1, null);
            sender.send(ResultSender.outcome(1, 1_000, 0, 0, TaskResult.SUCCEEDED));
            sender.send(ResultSender.outcome(
                    1, 1, 0, 0, TaskResult.SUCCEEDED, "far off", Instant.ofEpochMilli(Long.MAX_VALUE)));
            sender.send(ResultSender.outcome(1, 2, 0, 0, TaskResult.FAILED, "half a \0 byte", ResultSender.START));
            awaitPosition(fixture, 7);
            assertThat(fixture.column(ROWS)).containsExactlyInAnyOrder("1 0 0 0 SUCCEEDED", "1 2 0 0 FAILED");
            assertThat(fixture.column("SELECT reason FROM yardmaster_outcomes WHERE task_index = 2"))
                    .containsExactly("half a \uFFFD byte");
            List<String> reasons = fixture.records(fixture.topics().deadLetter()).stream()
                    .map(letter -> letter.headers().lastHeader("__connect.errors.offset") == null
                            ? "without context"
                            : BadRowsIT.reason(letter))
                    .toList();
            assertThat(reasons).hasSize(5);
            assertThat(reasons.get(0)).contains("3 bytes");
            assertThat(reasons.get(1)).isEqualTo("it is a TaskReady: only TaskOutcome and JobEvent become rows");
            assertThat(reasons.get(2)).isEqualTo("the record has no value");
            assertThat(reasons.get(3)).contains("few");
            assertThat(reasons.get(4)).contains("292278994");
            assertCounts(fixture);
        }
    }

    private static void assertCounts(ConnectFixture fixture) throws SQLException {
        assertThat(fixture.column(COUNTS)).containsExactly("1 1 0");
    }
}
