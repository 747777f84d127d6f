package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that does not answer, or a pooler before it that refuses, neither hangs nor ends polling. */
@ExtendWith(Site.class)
class AwayIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Site.Running site;

    AwayIT(Site.Running site) {
        this.site = site;
    }

    private static Map<String, String> impatient(ConnectFixture fixture, Scenario scenario) throws IOException {
        Map<String, String> config = fixture.config(scenario.config());
        config.put("yardmaster.database.timeout.ms", "1000");
        return config;
    }

    /** The server accepts connections and sends nothing; only time-outs end a question. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_POLLING", "MARIADB_POLLING"})
    void aServerThatSaysNothingIsGivenUp(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site);
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> config = impatient(fixture, scenario);
            config.computeIfPresent(
                    "yardmaster.database.url",
                    (key, url) -> url.replace(":" + fixture.server.port() + "/", ":" + silent.getLocalPort() + "/"));
            try (Poller poller = new Poller(config, null)) {
                Assertions.assertTimeoutPreemptively(LONG, poller::poll);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_POLLING", "MARIADB_POLLING"})
    void aStatementThatWaitsIsBrokenOffAndTriedAgain(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, 0)");
            try (Poller poller = new Poller(impatient(fixture, scenario), null);
                    Connection locking = fixture.server.connect(fixture.name)) {
                lock(locking, scenario);
                assertThat(Assertions.assertTimeoutPreemptively(LONG, poller::poll))
                        .isEmpty();
                unlock(locking, scenario);
                assertThat(Assertions.assertTimeoutPreemptively(LONG, () -> poller.records(1)))
                        .hasSize(1);
            }
        }
    }

    private static void lock(Connection connection, Scenario scenario) throws SQLException {
        connection.setAutoCommit(scenario != Scenario.POSTGRESQL_POLLING);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    scenario == Scenario.POSTGRESQL_POLLING
                            ? "LOCK TABLE yardmaster_outbox"
                            : "LOCK TABLES yardmaster_outbox WRITE");
        }
    }

    private static void unlock(Connection connection, Scenario scenario) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(scenario == Scenario.POSTGRESQL_POLLING ? "ROLLBACK" : "UNLOCK TABLES");
        }
    }

    /** PostgreSQL refuses the first question with the error that a pooler causes. */
    @ParameterizedTest
    @ValueSource(strings = {"26000", "42P05", "08P01"})
    void aStatementThatAPoolerRefusesIsTriedAgain(String state) throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_POLLING.open(site)) {
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, 0)");
            fixture.sql("CREATE SEQUENCE questions");
            fixture.sql(
                    """
                    CREATE FUNCTION pooler() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
                    BEGIN
                        IF nextval('questions') = 1 THEN
                            RAISE EXCEPTION 'not in this session' USING ERRCODE = '%s';
                        END IF;
                        RETURN true;
                    END $$
                    """
                            .formatted(state));
            fixture.sql("CREATE VIEW pooled AS SELECT * FROM yardmaster_outbox WHERE (SELECT pooler())");
            fixture.sql("GRANT SELECT ON pooled TO yardmaster");
            Map<String, String> config = fixture.config("postgresql-polling.json");
            config.put("yardmaster.outbox", "pooled");
            try (Poller poller = new Poller(config, null)) {
                assertThat(poller.records(1)).hasSize(1);
            }
        }
    }
}
