package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that does not answer, or a pooler before it that refuses, neither hangs nor ends polling. */
@ExtendWith(Site.class)
class AwayIT {
    /** Left alone, MariaDB's driver gives up a login after 30 s. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final String POLLERS = "datname = current_database() AND usename = 'yardmaster'";

    private final Site.Running site;

    AwayIT(Site.Running site) {
        this.site = site;
    }

    private static Map<String, String> impatient(ConnectFixture fixture, Scenario scenario) throws IOException {
        Map<String, String> config = fixture.config(scenario.config());
        config.put("yardmaster.database.timeout.ms", "1000");
        return config;
    }

    /** The server accepts connections and sends nothing. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_POLLING", "MARIADB_POLLING"})
    void aServerThatSaysNothingIsGivenUp(Scenario scenario) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            givesUp(scenario, silent);
        }
    }

    /** Each byte comes in time for the socket's time-out. */
    @Test
    void aPostgresThatNeverEndsALoginIsGivenUp() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> sendLongError(slow));
            server.setDaemon(true);
            server.start();
            givesUp(Scenario.POSTGRESQL_POLLING, slow);
        }
    }

    private void givesUp(Scenario scenario, ServerSocket server) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            Map<String, String> config = impatient(fixture, scenario);
            config.computeIfPresent(
                    "yardmaster.database.url",
                    (key, url) -> url.replace(":" + fixture.server.port() + "/", ":" + server.getLocalPort() + "/"));
            try (Poller poller = new Poller(config, null)) {
                assertThat(pollInTime(poller)).isEmpty();
            }
        }
    }

    /** Refuses TLS, and then takes half an hour for one message. */
    private static void sendLongError(ServerSocket listening) {
        try (Socket client = listening.accept()) {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write('N');
            client.getOutputStream().write(new byte[] {'E', 0, 0, 70, 80});
            while (true) {
                client.getOutputStream().write('x');
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            // The client has given up.
        }
    }

    /** Nothing but the time-out on the network ends this: the server carries out no cancellation either. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_POLLING", "MARIADB_POLLING"})
    void aServerThatFallsSilentIsGivenUpAndTriedAgain(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site);
                Poller poller = new Poller(impatient(fixture, scenario), null)) {
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, 0)");
            assertThat(poller.records(1)).hasSize(1);
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, 1)");
            String process = process(fixture, scenario);
            signal("STOP", process);
            try {
                assertThat(pollInTime(poller)).isEmpty();
            } finally {
                signal("CONT", process);
            }
            assertThat(poller.records(1)).hasSize(1);
        }
    }

    /** The process that serves the poller: its own in PostgreSQL, all of MariaDB. */
    private static String process(ConnectFixture fixture, Scenario scenario) throws SQLException, IOException {
        return scenario == Scenario.POSTGRESQL_POLLING
                ? answer(fixture, "SELECT pid FROM pg_stat_activity WHERE " + POLLERS)
                : Files.readString(Path.of(answer(fixture, "SELECT @@datadir"))
                                .resolve(answer(fixture, "SELECT @@pid_file")))
                        .strip();
    }

    private static void signal(String signal, String process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor())
                .isZero();
    }

    /** If the statement went on after its connection, each retry would leave one more behind in the server. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_POLLING", "MARIADB_POLLING"})
    void aStatementThatWaitsIsBrokenOffAndTriedAgain(Scenario scenario) throws Exception {
        boolean postgres = scenario == Scenario.POSTGRESQL_POLLING;
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, 0)");
            try (Poller poller = new Poller(impatient(fixture, scenario), null);
                    Connection locking = fixture.server.connect(fixture.name);
                    Statement statement = locking.createStatement()) {
                locking.setAutoCommit(false);
                statement.execute(
                        postgres ? "LOCK TABLE yardmaster_outbox" : "SELECT batch FROM yardmaster_poll FOR UPDATE");
                assertThat(pollInTime(poller)).isEmpty();
                await().atMost(LONG).until(() -> answer(
                                fixture,
                                postgres
                                        ? "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND "
                                                + POLLERS
                                        : "SELECT count(*) FROM information_schema.innodb_trx"
                                                + " WHERE trx_state = 'LOCK WAIT'")
                        .equals("0"));
                locking.rollback();
                assertThat(poller.records(1)).hasSize(1);
            }
        }
    }

    private static List<SourceRecord> pollInTime(Poller poller) {
        return Assertions.assertTimeoutPreemptively(LONG, poller::poll);
    }

    private static String answer(ConnectFixture fixture, String question) throws SQLException {
        try (Connection connection = fixture.server.connect(fixture.name);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(question)) {
            result.next();
            return result.getString(1);
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
