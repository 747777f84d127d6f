package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restart of storage raises the session, and the scheduler learns of it. */
@ExtendWith(Site.class)
class SessionIT {
    private static final String ROW = "INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, %d)";

    private final Site.Running site;

    SessionIT(Site.Running site) {
        this.site = site;
    }

    private static String restart(Scenario scenario) {
        return scenario.name().startsWith("POSTGRESQL") ? "SELECT yardmaster_restart()" : "CALL yardmaster_restart()";
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_CDC", "MARIADB_CDC"})
    void S11_aRestartRaisesTheSessionBeforeAnythingIsReadyAgain(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.connect(fixture.config(scenario.config()));
            fixture.sql(ROW.formatted(0));
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/1/0 s0"));
            fixture.sql(restart(scenario));
            await().until(() ->
                    !fixture.records(fixture.topics().of(Topic.SESSIONS)).isEmpty());
            assertThat(fixture.assignments).as("nothing is dispatched for it").hasSize(1);
            fixture.sql(ROW.formatted(0));
            await().untilAsserted(() ->
                    assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/1/0 s0", "TASK 0/1/0 s1"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_CDC", "MARIADB_CDC"})
    void aRestartWaitsForTransactionsOfTheOldSession(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site);
                Connection old = fixture.server.connect(fixture.name);
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);
            statement.execute(ROW.formatted(0));
            CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> run(fixture, restart(scenario)));
            assertThat(restart).as("waits").failsWithin(500, TimeUnit.MILLISECONDS);
            old.commit();
            restart.get(30, TimeUnit.SECONDS);
            statement.execute(ROW.formatted(1));
            try (var sessions = statement.executeQuery("SELECT session_id FROM yardmaster_outbox ORDER BY id")) {
                for (long session : new long[] {0, 1, 1}) {
                    assertThat(sessions.next()).isTrue();
                    assertThat(sessions.getLong(1)).isEqualTo(session);
                }
            }
        }
    }

    private static void run(ConnectFixture fixture, String sql) {
        try {
            fixture.sql(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
