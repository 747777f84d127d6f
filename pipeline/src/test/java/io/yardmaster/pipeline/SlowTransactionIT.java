package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.connect.DatabaseServer;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row whose transaction commits late has a lower id than rows read meanwhile, and is not lost. */
@ExtendWith(Site.class)
class SlowTransactionIT {
    private static final String ROW = "INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (%d, %d)";

    private final Site.Running site;

    SlowTransactionIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_POLLING", "MARIADB_POLLING"})
    void rowsOfSlowTransactionsAreNotLost(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.connect(fixture.config(scenario.config()));
            DatabaseServer server = fixture.server;
            try (Connection slow = server.connect(fixture.name);
                    Statement statement = slow.createStatement()) {
                slow.setAutoCommit(false);
                statement.execute(ROW.formatted(1, 0));
                fixture.sql(ROW.formatted(2, 0));
                if (scenario == Scenario.MARIADB_POLLING) {
                    await().untilAsserted(
                                    () -> assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/2/0 s0"));
                }
                slow.commit();
                await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture))
                        .containsExactlyInAnyOrder("TASK 0/1/0 s0", "TASK 0/2/0 s0"));
                statement.execute(ROW.formatted(1, 1));
                slow.rollback();
                fixture.sql(ROW.formatted(2, 1));
                await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).contains("TASK 0/2/1 s0"));
                assertThat(fixture.assignments).hasSize(3);
            }
        }
    }
}
