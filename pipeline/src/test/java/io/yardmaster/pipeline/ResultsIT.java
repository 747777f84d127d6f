package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that plain SQL inserts into the outbox come back as rows that say how their tasks ended. */
@ExtendWith(Site.class)
class ResultsIT {
    private static final String OUTCOMES =
            """
            SELECT concat_ws(' ', resource_group_id, job_id, kind, task_index, session_id, attempt, result)
            FROM yardmaster_tasks ORDER BY job_id, kind, task_index
            """;
    private static final String JOBS =
            """
            SELECT concat_ws(' ', resource_group_id, job_id, state, dispatched, succeeded, failed, killed) FROM yardmaster_jobs
            ORDER BY job_id
            """;

    private final Site.Running site;

    ResultsIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void rowsIn_rowsOut(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.ddl(scenario.resultsDdl());
            fixture.connect(fixture.config(scenario.config()));
            fixture.connectResults(fixture.config(scenario.resultsConfig()));
            fixture.sql("INSERT INTO yardmaster_outbox (resource_group_id, job_id, task_index)"
                    + " VALUES (7, 1, 0), (7, 1, 1), (8, 2, 0)");
            await().untilAsserted(() -> assertThat(fixture.column(OUTCOMES))
                    .containsExactly(
                            "7 1 TASK 0 0 0 SUCCEEDED", "7 1 TASK 1 0 0 SUCCEEDED", "8 2 TASK 0 0 0 SUCCEEDED"));
            fixture.sql("INSERT INTO yardmaster_outbox (lane, resource_group_id, job_id)"
                    + " VALUES ('commit', 7, 1), ('cleanup', 8, 2)");
            await().untilAsserted(() -> assertThat(fixture.column(JOBS))
                    .containsExactly("7 1 COMMITTED 2 2 0 0", "8 2 CLEANED_UP 1 1 0 0"));
            assertThat(fixture.column(OUTCOMES))
                    .contains("7 1 COMMIT -1 0 0 SUCCEEDED", "8 2 CLEANUP -1 0 0 SUCCEEDED");
            assertThatTheViewsAnswer(fixture);
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
        }
    }

    /** Tables of states are another way in; the way out is the same. */
    @ParameterizedTest
    @EnumSource
    void rowsOfOwnTablesComeBackInTheSameTables(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database)) {
            fixture.sql(
                    "CREATE TABLE tasks (resource_group_id bigint, job_id bigint, task_index integer, attempt integer,"
                            + " session_id bigint, state varchar(12), PRIMARY KEY (job_id, task_index))");
            fixture.sql("CREATE TABLE jobs (resource_group_id bigint, job_id bigint PRIMARY KEY, session_id bigint,"
                    + " state varchar(12))");
            fixture.ddl(database.prefix() + "-states.sql").ddl(database.prefix() + "-results.sql");
            fixture.connect(fixture.config(database.prefix() + "-states.json"));
            fixture.connectResults(fixture.config(database.prefix() + "-results.json"));
            fixture.sql("INSERT INTO tasks VALUES (7, 1, 0, 0, 5, 'ready')");
            await().untilAsserted(
                            () -> assertThat(fixture.column(OUTCOMES)).containsExactly("7 1 TASK 0 5 0 SUCCEEDED"));
        }
    }

    /** The storage of the compose file: a trigger on the outcomes makes the next tasks ready. */
    @Test
    void aStorageLearnsFromTheRowsWhichTasksAreReady() throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_CDC.open(site)) {
            fixture.ddl(Scenario.POSTGRESQL_CDC.resultsDdl()).ddl("../../compose/postgres/workflows.sql");
            fixture.connect(fixture.config(Scenario.POSTGRESQL_CDC.config()));
            fixture.connectResults(fixture.config(Scenario.POSTGRESQL_CDC.resultsConfig()));
            fixture.sql("SELECT submit('three', 7, '[{\"task\": \"a\"}, {\"task\": \"b\", \"after\": [\"a\"]},"
                    + " {\"task\": \"c\", \"after\": [\"a\", \"b\"]}]')");
            await().untilAsserted(() -> assertThat(
                            fixture.column("SELECT concat_ws(' ', job_id, name, tasks, done, finished) FROM progress"))
                    .containsExactly("1 three 3 3 t"));
            assertThat(fixture.column(
                            "SELECT task_index FROM yardmaster_tasks WHERE kind = 'TASK' ORDER BY started_at"))
                    .containsExactly("0", "1", "2");
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
        }
    }

    private static void assertThatTheViewsAnswer(ConnectFixture fixture) throws Exception {
        Map<String, List<String>> answers = Map.of(
                "SELECT count(*) FROM yardmaster_failed_today", List.of("0"),
                "SELECT jobs FROM yardmaster_group_waits WHERE resource_group_id = 7", List.of("1"),
                "SELECT count(*) FROM yardmaster_progress WHERE waited_seconds >= 0 AND waited_seconds < 3600",
                        List.of("2"),
                "SELECT sum(tasks) FROM yardmaster_workers_today", List.of("5"));
        for (Map.Entry<String, List<String>> answer : answers.entrySet()) {
            assertThat(fixture.column(answer.getKey())).as(answer.getKey()).isEqualTo(answer.getValue());
        }
    }
}
