package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that is older than an offset, or another one, never has its rows passed over silently. */
@ExtendWith(Site.class)
class RestoreIT {
    private static final String ROW = "INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, %d)";

    private final Site.Running site;

    RestoreIT(Site.Running site) {
        this.site = site;
    }

    private static Map<String, ?> offset(List<SourceRecord> records) {
        return records.get(records.size() - 1).sourceOffset();
    }

    /** A cluster that has another number, has another history, or has not come as far. */
    @ParameterizedTest
    @CsvSource({
        "system, 1, 'it was restored or failed over'",
        "timeline, 000000FF, 'it was restored or failed over'",
        "to, 4000000000, it was restored: transaction"
    })
    void aRestoredPostgresStopsPollingOrIsReadAgain(String key, String value, String reason) throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_POLLING.open(site)) {
            Map<String, String> config = fixture.config("postgresql-polling.json");
            fixture.sql(ROW.formatted(0));
            Map<String, Object> offset;
            try (Poller poller = new Poller(config, null)) {
                offset = new HashMap<>(offset(poller.records(1)));
            }
            fixture.sql(ROW.formatted(1));
            try (Poller poller = new Poller(config, offset)) {
                assertThat(poller.records(1)).as("the same server").hasSize(1);
            }
            offset.put(key, value.matches("4\\d*") ? (Object) Long.valueOf(value) : value);
            try (Poller poller = new Poller(config, offset)) {
                assertThatThrownBy(() -> poller.records(1))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining(reason)
                        .hasMessageContaining("yardmaster.on.restore=reread")
                        .message()
                        .hasLineCount(1);
            }
            config.put("yardmaster.on.restore", "reread");
            try (Poller poller = new Poller(config, offset)) {
                List<SourceRecord> again = poller.records(2);
                assertThat(again).as("both rows").hasSize(2);
                fixture.sql(ROW.formatted(2));
                assertThat(poller.records(1)).hasSize(1);
            }
        }
    }

    @Test
    void anOffsetOfAnOlderVersionIsGoneOnWith() throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_POLLING.open(site)) {
            Map<String, String> config = fixture.config("postgresql-polling.json");
            fixture.sql(ROW.formatted(0));
            Map<String, Object> offset;
            try (Poller poller = new Poller(config, null)) {
                offset = new HashMap<>(offset(poller.records(1)));
            }
            offset.keySet().retainAll(List.of("from", "to", "id"));
            fixture.sql(ROW.formatted(1));
            try (Poller poller = new Poller(config, offset)) {
                assertThat(poller.records(1)).hasSize(1);
            }
        }
    }

    @Test
    void rowsThatWereCopiedFromAServerThatIsFartherAreNamed() throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_POLLING.open(site)) {
            Map<String, String> config = fixture.config("postgresql-polling.json");
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index, transaction_id) VALUES (1, 0, 4000000000)");
            String cure;
            try (Poller poller = new Poller(config, null)) {
                Throwable refusal = catchThrowable(() -> poller.records(1));
                assertThat(refusal)
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("up to 4000000000")
                        .hasMessageContaining("UPDATE yardmaster_outbox SET");
                cure = refusal.getMessage().substring(refusal.getMessage().indexOf("UPDATE"));
            }
            fixture.sql(cure);
            try (Poller poller = new Poller(config, null)) {
                assertThat(poller.records(1)).hasSize(1);
            }
        }
    }

    /** Until then a crash of the server may undo the transaction, and give its number to another. */
    @Test
    void aTransactionIsReadWhenItIsOnTheDisk() throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_POLLING.open(site);
                Connection connection = fixture.server.connect(fixture.name);
                Statement statement = connection.createStatement()) {
            Map<String, String> config = fixture.config("postgresql-polling.json");
            config.put("yardmaster.poll.interval.ms", "1");
            statement.execute("SET synchronous_commit = off");
            try (Poller poller = new Poller(config, null)) {
                for (int row = 0; row < 10; row++) {
                    statement.execute(ROW.formatted(row));
                    long end = number(statement, "SELECT pg_current_wal_insert_lsn() - '0/0'");
                    poller.records(1);
                    assertThat(number(statement, "SELECT pg_current_wal_flush_lsn() - '0/0'"))
                            .as("on the disk after row " + row)
                            .isGreaterThanOrEqualTo(end - 40);
                }
            }
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /**
     * The new batches have numbers above those that were read, so that a crash before an offset is stored loses none.
     */
    @Test
    void aRestoredMariaDbLosesNoBatch() throws Exception {
        try (ConnectFixture fixture = Scenario.MARIADB_POLLING.open(site)) {
            Map<String, String> config = fixture.config("mariadb-polling.json");
            Map<String, Object> offset = Map.of("batch", 100L, "id", 5L);
            fixture.sql(ROW.formatted(0));
            try (Poller crashing = new Poller(config, offset)) {
                assertThat(offset(crashing.records(1)).get("batch")).isEqualTo(101L);
            }
            try (Poller poller = new Poller(config, offset)) {
                Map<String, ?> stored = offset(poller.records(1));
                assertThat(stored.get("batch")).isEqualTo(101L);
                fixture.sql(ROW.formatted(1));
                assertThat(offset(poller.records(1)).get("batch")).isEqualTo(102L);
            }
        }
    }

    @Test
    void aLogThatEndsBeforeTheReadPositionStopsCapture() throws Exception {
        try (ConnectFixture fixture = running(Scenario.POSTGRESQL_CDC)) {
            long ahead = 0xFF_0000_0000L;
            fixture.moveOffset(Map.of("lsn", ahead, "lsn_proc", ahead, "lsn_commit", ahead, "txId", 1L, "ts_usec", 1L));
            fixture.sql(ROW.formatted(1));
            assertThat(failure(fixture))
                    .contains("it was restored or failed over: its log ends at ")
                    .contains("it was read up to FF/0 already");
        }
    }

    @Test
    void aSlotThatIsGoneStopsCapture() throws Exception {
        try (ConnectFixture fixture = running(Scenario.POSTGRESQL_CDC)) {
            fixture.whileStopped(() -> {
                fixture.sql("SELECT pg_drop_replication_slot('%s')".formatted(fixture.name));
                fixture.sql(ROW.formatted(1));
            });
            assertThat(failure(fixture)).contains("no longer available on the server");
        }
    }

    /** A file that does not exist, and a transaction that the server has not reached. */
    @ParameterizedTest
    @CsvSource({"binlog.009999, ", "binlog.000001, 0-1-99999999"})
    void aBinaryLogThatEndsBeforeTheReadPositionStopsCapture(String file, String gtids) throws Exception {
        try (ConnectFixture fixture = running(Scenario.MARIADB_CDC)) {
            Map<String, Object> offset = new HashMap<>(Map.of("file", file, "pos", 4L));
            if (gtids != null) {
                offset.put("gtids", gtids);
            }
            fixture.moveOffset(offset);
            fixture.sql(ROW.formatted(1));
            assertThat(failure(fixture)).isNotEmpty();
        }
    }

    private ConnectFixture running(Scenario scenario) throws Exception {
        ConnectFixture fixture = scenario.open(site);
        fixture.connect(fixture.config(scenario.config()));
        fixture.sql(ROW.formatted(0));
        await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/1/0 s0"));
        return fixture;
    }

    /** Waits until the task has failed; returns the first line of the reason. */
    private static String failure(ConnectFixture fixture) {
        await().until(() -> fixture.taskStatus().path("state").asText().equals("FAILED"));
        String trace = fixture.taskStatus().path("trace").asText();
        return trace.lines().filter(line -> !line.startsWith("\tat")).reduce("", String::concat);
    }
}
