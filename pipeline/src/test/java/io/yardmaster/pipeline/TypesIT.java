package io.yardmaster.pipeline;

import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Columns of an outbox may have other types than ours. Change data capture and polling make the same of each: the same
 * event, or the same reason why there is none.
 */
@ExtendWith(Site.class)
class TypesIT {
    /** Expected where the value makes the same event as a value of our type. */
    private static final String EVENT = "event";

    /**
     * One column of another type, and a value in it.
     *
     * @param expected {@link #EVENT}, or the reason why the row is bad
     */
    private record Case(String column, String type, String value, String expected) {}

    private static final List<Case> BOTH = List.of(
            new Case("job_id", "smallint", "5", EVENT),
            new Case("job_id", "integer", "5", EVENT),
            new Case("job_id", "bigint", "5", EVENT),
            new Case("job_id", "decimal(20,0)", "5", EVENT),
            new Case("job_id", "decimal(20,2)", "5.00", EVENT),
            new Case("job_id", "decimal(20,2)", "5.50", "job_id 5.50 is no whole number of 64 bits"),
            new Case(
                    "job_id",
                    "decimal(30,0)",
                    "9223372036854775808",
                    "job_id 9223372036854775808 is no whole number of 64 bits"),
            new Case("job_id", "varchar(20)", "'5'", EVENT),
            new Case("job_id", "char(12)", "'5'", EVENT),
            new Case("job_id", "text", "'five'", "job_id five is no whole number of 64 bits"),
            new Case("job_id", "double precision", "5", "job_id is of type * which has no whole numbers"),
            new Case("job_id", "date", "'2026-01-02'", "job_id is of type date, which has no whole numbers"),
            new Case(
                    "job_id",
                    "timestamp",
                    "'2026-01-02 03:04:05'",
                    "job_id is of type timestamp, which has no whole numbers"),
            new Case("job_id", "time", "'03:04:05'", "job_id is of type time, which has no whole numbers"),
            new Case("task_index", "bigint", "0", EVENT),
            new Case("task_index", "decimal(5,0)", "0", EVENT),
            new Case("task_index", "bigint", "2147483648", "task_index 2147483648 is more than 2147483647"),
            new Case("attempt", "decimal(5,0)", "0", EVENT),
            new Case("resource_group_id", "decimal(20,0)", "7", EVENT),
            new Case("session_id", "decimal(20,0)", "0", EVENT),
            new Case("has_task", "integer", "1", EVENT),
            new Case("lane", "char(12)", "'ready'", EVENT),
            new Case("lane", "varchar(12)", "'READY'", EVENT),
            new Case("lane", "varchar(12)", "'redy'", "lane 'redy' is none of ready, commit, cleanup, graph"));

    private static final List<Case> POSTGRESQL = List.of(
            new Case("job_id", "numeric", "5", EVENT),
            new Case("job_id", "numeric", "5.5", "job_id 5.5 is no whole number of 64 bits"),
            new Case("task_index", "numeric", "0", EVENT),
            new Case("attempt", "numeric", "0", EVENT),
            new Case("session_id", "numeric", "0", EVENT),
            new Case("job_id", "real", "5", "job_id is of type float4, which has no whole numbers"),
            new Case("job_id", "boolean", "true", "job_id true is no whole number of 64 bits"),
            new Case(
                    "job_id",
                    "timestamptz",
                    "'2026-01-02 03:04:05+00'",
                    "job_id is of type timestamptz, which has no whole numbers"),
            new Case("job_id", "interval", "'1 day'", "job_id is of type interval, which has no whole numbers"),
            new Case(
                    "job_id",
                    "uuid",
                    "'00000000-0000-0000-0000-000000000005'",
                    "job_id 00000000-0000-0000-0000-000000000005 is no whole number of 64 bits"),
            new Case("job_id", "bytea", "'5'", "job_id is of type bytea, which has no whole numbers"),
            new Case("job_id", "jsonb", "'5'", EVENT),
            new Case("task_index", "integer[]", "'{0,1}'", "task_index is of type _int4, which has no whole numbers"),
            new Case("task_index", "jsonb", "'[0, 1]'", "task_index [0, 1] is no whole number of 64 bits"),
            new Case("has_task", "bit(1)", "B'1'", EVENT),
            new Case("has_task", "numeric", "1", EVENT));

    private static final List<Case> MARIADB = List.of(
            new Case("job_id", "tinyint", "5", EVENT),
            new Case("job_id", "tinyint unsigned", "5", EVENT),
            new Case("job_id", "mediumint", "5", EVENT),
            new Case("job_id", "int unsigned", "5", EVENT),
            new Case("job_id", "bigint unsigned", "5", EVENT),
            new Case(
                    "job_id",
                    "bigint unsigned",
                    "18446744073709551615",
                    "job_id 18446744073709551615 is no whole number of 64 bits"),
            new Case(
                    "job_id",
                    "datetime",
                    "'2026-01-02 03:04:05'",
                    "job_id is of type datetime, which has no whole numbers"),
            new Case("job_id", "blob", "'5'", "job_id is of type blob, which has no whole numbers"),
            new Case("task_index", "json", "'[0, 1]'", "task_index [0, 1] is no whole number of 64 bits"),
            new Case("attempt", "boolean", "0", EVENT),
            new Case("attempt", "tinyint(1)", "0", EVENT),
            new Case("has_task", "tinyint", "1", EVENT),
            new Case("has_task", "bit(1)", "b'1'", EVENT),
            new Case("lane", "enum('ready','commit')", "'ready'", EVENT));

    private final Site.Running site;

    TypesIT(Site.Running site) {
        this.site = site;
    }

    private static List<Case> cases(Database database) {
        List<Case> cases = new ArrayList<>(BOTH);
        cases.addAll(database == Database.POSTGRESQL ? POSTGRESQL : MARIADB);
        return cases;
    }

    @ParameterizedTest
    @EnumSource
    void captureAndPollingReadTheSameOfEachType(Database database) throws Exception {
        List<Case> cases = cases(database);
        Scenario cdc = database == Database.POSTGRESQL ? Scenario.POSTGRESQL_CDC : Scenario.MARIADB_CDC;
        Scenario polling = database == Database.POSTGRESQL ? Scenario.POSTGRESQL_POLLING : Scenario.MARIADB_POLLING;
        try (ConnectFixture fixture = cdc.open(site)) {
            prepare(fixture, database, cases);
            Map<String, String> config = fixture.config(cdc.config());
            String schema = database == Database.POSTGRESQL ? "public" : fixture.name;
            config.put("table.include.list", schema + "\\.case\\d+");
            fixture.connect(config);
            insert(fixture, cases);
            Map<String, String> expected = new TreeMap<>();
            Map<String, String> polled = new TreeMap<>();
            for (int i = 0; i < cases.size(); i++) {
                expected.put(title(i, cases.get(i)), cases.get(i).expected());
                polled.put(title(i, cases.get(i)), polled(fixture, polling, i));
            }
            await().until(() -> captured(fixture, cases).size() == cases.size());
            Map<String, String> captured = captured(fixture, cases);
            SoftAssertions.assertSoftly(all -> {
                all.assertThat(difference(polled, expected)).as("by polling").isEmpty();
                all.assertThat(difference(captured, expected)).as("by capture").isEmpty();
            });
        }
    }

    /** The results that differ from the expected ones; an asterisk stands for the databases' name of a type. */
    private static Map<String, String> difference(Map<String, String> found, Map<String, String> expected) {
        Map<String, String> differ = new LinkedHashMap<>();
        expected.forEach((title, wanted) -> {
            String is = found.get(title);
            if (is == null || !is.matches(Pattern.quote(wanted).replace("*", "\\E.*\\Q"))) {
                differ.put(title, is);
            }
        });
        return differ;
    }

    private static String title(int number, Case one) {
        return "%02d %s %s %s".formatted(number, one.column(), one.type(), one.value());
    }

    private static void prepare(ConnectFixture fixture, Database database, List<Case> cases) throws SQLException {
        try (Connection connection = fixture.server.connect(fixture.name);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < cases.size(); i++) {
                statement.execute(table(database, i, cases.get(i)));
                statement.execute("GRANT ALL ON case%d TO %s"
                        .formatted(i, database == Database.POSTGRESQL ? "yardmaster" : "'yardmaster'@'%'"));
            }
            if (database == Database.POSTGRESQL) {
                statement.execute("ALTER PUBLICATION yardmaster SET (publish = 'insert')");
                for (int i = 0; i < cases.size(); i++) {
                    statement.execute("ALTER PUBLICATION yardmaster ADD TABLE case" + i);
                }
            } else {
                statement.execute("CREATE TABLE yardmaster_poll (one tinyint PRIMARY KEY, batch bigint NOT NULL)");
                statement.execute("INSERT INTO yardmaster_poll VALUES (1, 0)");
                statement.execute("GRANT ALL ON yardmaster_poll TO 'yardmaster'@'%'");
            }
        }
    }

    private static String table(Database database, int number, Case one) {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("lane", "varchar(16) DEFAULT 'ready'");
        types.put("resource_group_id", "bigint DEFAULT " + group(number));
        types.put("job_id", "bigint DEFAULT 5");
        types.put("task_index", "integer DEFAULT 0");
        types.put("attempt", "integer DEFAULT 0");
        types.put("has_task", "boolean DEFAULT true");
        types.put("session_id", "bigint DEFAULT 0");
        types.put(one.column(), one.type() + (one.type().equals("timestamp") ? " NULL" : ""));
        List<String> columns = new ArrayList<>();
        types.forEach((name, type) -> columns.add(name + " " + type));
        boolean postgres = database == Database.POSTGRESQL;
        return "CREATE TABLE case%d (id %s, %s, %s)"
                .formatted(
                        number,
                        postgres
                                ? "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                                : "bigint PRIMARY KEY AUTO_INCREMENT",
                        String.join(", ", columns),
                        postgres
                                ? "transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint"
                                : "batch bigint NULL");
    }

    private static void insert(ConnectFixture fixture, List<Case> cases) throws SQLException {
        try (Connection connection = fixture.server.connect(fixture.name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < cases.size(); i++) {
                statement.execute("INSERT INTO case%d (%s) VALUES (%s)"
                        .formatted(i, cases.get(i).column(), value(i, cases.get(i))));
            }
            connection.commit();
        }
    }

    private static String value(int number, Case one) {
        return one.column().equals("resource_group_id") ? Long.toString(group(number)) : one.value();
    }

    /** Tells the events of the cases apart. */
    private static long group(int number) {
        return 1_000L + number;
    }

    private static String polled(ConnectFixture fixture, Scenario polling, int number) throws Exception {
        Map<String, String> config = fixture.config(polling.config());
        config.put("yardmaster.outbox", "case" + number);
        config.put("yardmaster.poll.interval.ms", "5");
        try (Poller poller = new Poller(config, null)) {
            SourceRecord record = poller.records(1).get(0);
            return record.value() instanceof Struct event
                    ? verdict(
                            event.getInt64("resource_group_id") - group(number),
                            event.getInt64("job_id"),
                            event.getArray("task_indices"),
                            event.getInt64("session_id"))
                    : record.headers().lastWithName(Topic.REASON_HEADER).value().toString();
        }
    }

    private static String verdict(long group, long job, List<Integer> indices, long session) {
        return group == 0 && job == 5 && indices.equals(List.of(0)) && session == 0
                ? EVENT
                : "%d %d %s %d".formatted(group, job, indices, session);
    }

    private static Map<String, String> captured(ConnectFixture fixture, List<Case> cases) {
        Map<String, String> found = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter :
                fixture.records(fixture.topics().deadLetter())) {
            Header table = letter.headers().lastHeader("yardmaster.source");
            // The scheduler has dead letters there, too, because so many groups share one job.
            if (table != null && text(table).contains(".case")) {
                int number = Integer.parseInt(text(table).replaceFirst(".*case", ""));
                found.put(
                        title(number, cases.get(number)), text(letter.headers().lastHeader(Topic.REASON_HEADER)));
            }
        }
        var reader = ValueSerdes.of(Topic.READY, fixture.settings()).deserializer();
        for (ConsumerRecord<byte[], byte[]> record :
                fixture.records(fixture.topics().of(Topic.READY))) {
            TaskReady event = reader.deserialize(record.topic(), record.value());
            int number = (int) (event.getResourceGroupId() - group(0));
            found.put(
                    title(number, cases.get(number)),
                    verdict(0, event.getJobId(), event.getTaskIndices(), event.getSessionId()));
        }
        return found;
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
