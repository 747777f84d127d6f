package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * State changes of plain tables of tasks and jobs come out as assignments, also where a column fills states up with
 * blanks, and whether they are in upper or lower case. A state that no setting names is not passed over.
 */
@ExtendWith(Site.class)
class StatesIT {
    private static final String TASKS =
            """
            CREATE TABLE tasks (
                resource_group_id bigint, job_id bigint, task_index integer, attempt integer DEFAULT 0,
                session_id bigint DEFAULT 0, state char(12), PRIMARY KEY (job_id, task_index))
            """;
    private static final String JOBS =
            """
            CREATE TABLE jobs (resource_group_id bigint, job_id bigint PRIMARY KEY, session_id bigint DEFAULT 0, state varchar(16))
            """;

    private final Site.Running site;

    StatesIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource
    void stateChangesBecomeAssignments(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database)) {
            fixture.sql(TASKS);
            fixture.sql(JOBS);
            fixture.ddl(database.prefix() + "-states.sql");
            fixture.sql("INSERT INTO tasks (resource_group_id, job_id, task_index, state) VALUES (5, 1, 0, 'ready'), "
                    + "(5, 1, 1, 'waiting'), (5, 1, 2, 'waiting')");
            fixture.sql("INSERT INTO jobs (resource_group_id, job_id, state) VALUES (5, 1, 'running')");
            fixture.connect(fixture.config(database.prefix() + "-states.json"));
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 5/1/0 s0"));
            fixture.sql("UPDATE tasks SET state = 'READY' WHERE state = 'waiting'");
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture))
                    .containsExactlyInAnyOrder("TASK 5/1/0 s0", "TASK 5/1/1 s0", "TASK 5/1/2 s0"));
            restart(fixture);
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).contains("TASK 5/1/2 s1"));
            fixture.sql("UPDATE jobs SET state = 'commit_ready'");
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).contains("COMMIT 5/1/-1 s1"));
            assertThat(fixture.assignments).hasSize(5);
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
            fixture.sql("UPDATE tasks SET state = 'redy' WHERE task_index = 2");
            await().untilAsserted(
                            () -> assertThat(fixture.records(fixture.topics().deadLetter()).stream()
                                            .map(BadRowsIT::reason))
                                    .containsExactly("state 'redy' is in none of yardmaster.states.*"));
        }
    }

    /**
     * Does what a storage does on a restart that has the session in its own tables: raises it in all rows with work to
     * do.
     */
    private static void restart(ConnectFixture fixture) throws SQLException {
        try (Connection connection = fixture.server.connect(fixture.name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE jobs SET session_id = 1");
            statement.execute("UPDATE tasks SET state = 'done' WHERE task_index < 2");
            statement.execute("UPDATE tasks SET session_id = 1 WHERE lower(state) = 'ready'");
            connection.commit();
        }
    }
}
