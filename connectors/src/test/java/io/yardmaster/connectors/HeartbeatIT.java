package io.yardmaster.connectors;

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

/** Debezium's beats may be rows of a table that is captured with the outbox. They are no bad rows of it. */
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
        try (ConnectFixture yard = scenario.open(site)) {
            boolean postgres = scenario == Scenario.POSTGRESQL_CDC;
            yard.sql("CREATE TABLE heartbeat (id integer PRIMARY KEY, beats integer)");
            yard.sql("INSERT INTO heartbeat VALUES (1, 0)");
            if (postgres) {
                yard.sql("ALTER PUBLICATION yardmaster ADD TABLE heartbeat");
                yard.sql("ALTER PUBLICATION yardmaster SET (publish = 'insert, update')");
                yard.sql("GRANT SELECT, UPDATE ON heartbeat TO yardmaster");
            } else {
                yard.sql("GRANT SELECT, UPDATE ON heartbeat TO 'yardmaster'@'%'");
            }
            Map<String, String> config = yard.config(scenario.config());
            config.compute(
                    "table.include.list", (key, list) -> list + "," + list.replace("yardmaster_outbox", "heartbeat"));
            config.put("heartbeat.interval.ms", "100");
            config.put(
                    "heartbeat.action.query",
                    "UPDATE %sheartbeat SET beats = beats + 1".formatted(postgres ? "" : yard.name + "."));
            config.put("yardmaster.on.bad.row", "fail");
            yard.connect(config);
            AtomicInteger rows = new AtomicInteger();
            // Debezium beats when it has read something.
            await().until(() -> {
                yard.sql(ROW.formatted(rows.getAndIncrement()));
                return beats(yard) > 3;
            });
            yard.sql(ROW.formatted(rows.getAndIncrement()));
            await().untilAsserted(() -> assertThat(yard.assignments).hasSize(rows.get()));
            assertThat(yard.taskStatus().path("state").asText()).isEqualTo("RUNNING");
            assertThat(yard.records(yard.topics().deadLetter())).isEmpty();
        }
    }

    private static int beats(ConnectFixture yard) throws SQLException {
        try (Connection connection = yard.server.connect(yard.name);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT beats FROM heartbeat")) {
            result.next();
            return result.getInt(1);
        }
    }
}
