package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Debezium's heartbeats may be rows of a table that is captured with the outbox. They are no bad rows. */
@ExtendWith(Site.class)
class HeartbeatIT {
    private static final String ROW = "INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, %d)";

    private final Site.Running site;

    HeartbeatIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_CDC", "MARIADB_CDC"})
    void beatsInATableAreNoBadRows(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            boolean postgres = scenario == Scenario.POSTGRESQL_CDC;
            fixture.sql("CREATE TABLE heartbeat (id integer PRIMARY KEY, beats integer)");
            fixture.sql("INSERT INTO heartbeat VALUES (1, 0)");
            if (postgres) {
                fixture.sql("ALTER PUBLICATION yardmaster ADD TABLE heartbeat");
                fixture.sql("ALTER PUBLICATION yardmaster SET (publish = 'insert, update')");
                fixture.sql("GRANT SELECT, UPDATE ON heartbeat TO yardmaster");
            } else {
                fixture.sql("GRANT SELECT, UPDATE ON heartbeat TO 'yardmaster'@'%'");
            }
            Map<String, String> config = fixture.config(scenario.config());
            config.compute(
                    "table.include.list", (key, list) -> list + "," + list.replace("yardmaster_outbox", "heartbeat"));
            config.put("heartbeat.interval.ms", "100");
            config.put(
                    "heartbeat.action.query",
                    "UPDATE %sheartbeat SET beats = beats + 1".formatted(postgres ? "" : fixture.name + "."));
            config.put("yardmaster.on.bad.row", "fail");
            fixture.connect(config);
            AtomicInteger rows = new AtomicInteger();
            // Debezium sends a heartbeat when it has read something.
            await().until(() -> {
                fixture.sql(ROW.formatted(rows.getAndIncrement()));
                return beats(fixture) > 3;
            });
            fixture.sql(ROW.formatted(rows.getAndIncrement()));
            await().untilAsserted(() -> assertThat(fixture.assignments).hasSize(rows.get()));
            assertThat(fixture.taskStatus().path("state").asText()).isEqualTo("RUNNING");
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
        }
    }

    private static int beats(ConnectFixture fixture) throws SQLException {
        try (Connection connection = fixture.server.connect(fixture.name);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT beats FROM heartbeat")) {
            result.next();
            return result.getInt(1);
        }
    }
}
