package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.connectors.check.ConnectorCheck;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.embedded.connect.MariaDbServer;
import io.yardmaster.embedded.connect.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The check reports what is wrong with a database before a connector meets it, each thing in one line that names it.
 */
@ExtendWith(Site.class)
class CheckIT {
    @TempDir
    private Path directory;

    private final Site.Running site;

    CheckIT(Site.Running site) {
        this.site = site;
    }

    private List<String> problems(Map<String, String> config) throws IOException {
        Path file = directory.resolve("connector.json");
        new ObjectMapper().writeValue(file.toFile(), config);
        return ConnectorCheck.check(file, Map.of()).problems();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWrongAfterTheDdl(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            assertThat(problems(fixture.config(scenario.config()))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachThingThatResultsLackIsNamed(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database)) {
            Map<String, String> config = fixture.config(database.prefix() + "-results.json");
            fixture.sql(
                    database == Database.POSTGRESQL
                            ? "CREATE ROLE %s LOGIN PASSWORD 'change-me'".formatted(fixture.name)
                            : "CREATE USER %s IDENTIFIED BY 'change-me'".formatted(fixture.name));
            fixture.ddl(database.prefix() + "-results.sql");
            assertThat(problems(config)).isEmpty();
            fixture.sql("ALTER TABLE yardmaster_jobs DROP COLUMN event_at");
            fixture.sql("DROP TABLE yardmaster_positions");
            assertThat(problems(config))
                    .hasSize(2)
                    .anyMatch(problem -> problem.contains("table yardmaster_jobs has no column event_at"))
                    // MariaDB hides a table that the user may not read.
                    .anyMatch(problem -> problem.contains("yardmaster_positions"));
            config.put("yardmaster.database.user", fixture.name);
            fixture.sql("GRANT SELECT ON yardmaster_outcomes TO " + fixture.name);
            assertThat(problems(config))
                    .anyMatch(problem -> problem.startsWith(
                            "user %s has no INSERT on table yardmaster_outcomes".formatted(fixture.name)))
                    .anyMatch(problem -> problem.startsWith(
                            "user %s has no UPDATE on table yardmaster_outcomes".formatted(fixture.name)));
            if (database == Database.POSTGRESQL) {
                config.put("yardmaster.database.user", "yardmaster");
                fixture.sql("ALTER TABLE yardmaster_outcomes DROP CONSTRAINT yardmaster_outcomes_pkey");
                assertThat(problems(config))
                        .contains(
                                "table yardmaster_outcomes has no primary key (job_id, task_index, kind, session_id)");
            }
        }
    }

    /** A column of the right name into which the connector could not write. */
    @ParameterizedTest
    @EnumSource
    void eachTypeThatResultsCannotHaveIsNamed(Database database) throws Exception {
        boolean postgres = database == Database.POSTGRESQL;
        try (ConnectFixture fixture = new ConnectFixture(site, database)) {
            Map<String, String> config = fixture.config(database.prefix() + "-results.json");
            fixture.ddl(database.prefix() + "-results.sql");
            assertThat(problems(config)).isEmpty();
            for (String view : List.of("workers_today", "group_waits", "progress", "failed_today", "tasks")) {
                fixture.sql("DROP VIEW yardmaster_" + view);
            }
            String alter = postgres ? "ALTER TABLE %s ALTER %s TYPE %s" : "ALTER TABLE %s MODIFY %s %s NOT NULL";
            fixture.sql(alter.formatted("yardmaster_outcomes", "worker", "varchar(20)"));
            fixture.sql(alter.formatted("yardmaster_outcomes", "kind", "char(16)"));
            fixture.sql(alter.formatted("yardmaster_outcomes", "ended_at", postgres ? "timestamp" : "date"));
            fixture.sql(alter.formatted("yardmaster_outcomes", "attempt", "smallint"));
            fixture.sql(alter.formatted("yardmaster_jobs", "succeeded", "integer"));
            fixture.sql(alter.formatted("yardmaster_jobs", "reason", postgres ? "varchar(999)" : "bigint unsigned"));
            fixture.sql(alter.formatted("yardmaster_positions", "next_offset", "double precision"));
            assertThat(problems(config).stream().map(problem -> problem.replaceAll(" has .* in column ", ".")))
                    .containsExactlyInAnyOrder(
                            "table yardmaster_outcomes.worker: must be varchar(200) or longer",
                            "table yardmaster_outcomes.kind: must be varchar(16) or longer",
                            "table yardmaster_outcomes.ended_at: must be " + (postgres ? "timestamptz" : "datetime(3)"),
                            "table yardmaster_outcomes.attempt: must be integer",
                            "table yardmaster_jobs.succeeded: must be bigint",
                            "table yardmaster_jobs.reason: must be varchar(1000) or longer",
                            "table yardmaster_positions.next_offset: must be bigint");
        }
    }

    /** A column of the right name from which the connector could read no event. */
    @ParameterizedTest
    @EnumSource
    void eachTypeThatAnOutboxCannotHaveIsNamed(Scenario scenario) throws Exception {
        boolean postgres = scenario.name().startsWith("POSTGRESQL");
        try (ConnectFixture fixture = scenario.open(site)) {
            for (String column : List.of("job_id", "task_index", "lane", "has_task", "graph")) {
                fixture.sql("ALTER TABLE yardmaster_outbox DROP COLUMN " + column);
            }
            fixture.sql("ALTER TABLE yardmaster_outbox ADD job_id double precision, ADD task_index numeric(20),"
                    + " ADD lane %s, ADD has_task date, ADD graph timestamp NULL"
                            .formatted(postgres ? "bytea" : "blob"));
            assertThat(problems(fixture.config(scenario.config())).stream()
                            .map(problem -> problem.replaceAll("^.*yardmaster_outbox has .* in column ", "")))
                    .containsExactlyInAnyOrder(
                            "job_id: must be a whole number, or text that is one",
                            "lane: must be text",
                            "has_task: must be boolean",
                            "graph: must be text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnreachableDatabaseAndAWrongPasswordAreNamed(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            Map<String, String> config = fixture.config(scenario.config());
            config.replaceAll((key, value) -> value.equals("change-me") ? "wrong" : value);
            if (scenario.name().startsWith("MARIADB")) {
                assertThat(problems(config))
                        .singleElement()
                        .asString()
                        .startsWith("user yardmaster is refused by jdbc:");
            }
            String port = Integer.toString(fixture.server.port());
            config.replaceAll(
                    (key, value) -> value.replace(":" + port + "/", ":1/").replaceFirst("^" + port + "$", "1"));
            assertThat(problems(config))
                    .singleElement()
                    .asString()
                    .contains(":1/")
                    .contains("cannot be reached");
        }
    }

    @Test
    void eachThingThatPostgresLacksIsNamed() throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, Database.POSTGRESQL)) {
            fixture.sql("CREATE ROLE %s LOGIN PASSWORD 'change-me'".formatted(fixture.name));
            Map<String, String> config = fixture.config("postgresql-cdc.json");
            config.put("database.user", fixture.name);
            assertThat(problems(config))
                    .containsExactly(
                            "user %1$s has no REPLICATION (ALTER ROLE %1$s REPLICATION)".formatted(fixture.name),
                            "publication yardmaster does not exist",
                            ("replication slot %1$s does not exist (SELECT pg_create_logical_replication_slot('%1$s',"
                                            + " 'pgoutput'))")
                                    .formatted(fixture.name),
                            "table public.yardmaster_outbox does not exist");
            fixture.sql("CREATE TABLE yardmaster_outbox (lane text, resource_group_id bigint, session_id bigint)");
            fixture.sql("CREATE PUBLICATION yardmaster WITH (publish = 'update')");
            fixture.sql("ALTER ROLE %s REPLICATION".formatted(fixture.name));
            fixture.sql("SELECT pg_create_logical_replication_slot('%s', 'test_decoding')".formatted(fixture.name));
            assertThat(problems(config))
                    .contains(
                            "publication yardmaster does not publish insert",
                            "publication yardmaster does not have table public.yardmaster_outbox",
                            "replication slot %1$s is test_decoding in %1$s: must be pgoutput in %1$s"
                                    .formatted(fixture.name))
                    .anyMatch(problem -> problem.startsWith(
                            "user %s has no SELECT on table public.yardmaster_outbox".formatted(fixture.name)));
            fixture.sql("GRANT SELECT ON yardmaster_outbox TO " + fixture.name);
            assertThat(problems(config)).contains("table public.yardmaster_outbox has no column job_id");
            config.put("database.dbname", "nowhere");
            assertThat(problems(config)).singleElement().asString().contains("/nowhere: there is no such database");
        }
    }

    @Test
    void eachThingThatMariaDbLacksIsNamed() throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, Database.MARIADB)) {
            fixture.sql("CREATE USER %s IDENTIFIED BY 'change-me'".formatted(fixture.name));
            Map<String, String> config = fixture.config("mariadb-cdc.json");
            config.put("database.user", fixture.name);
            assertThat(problems(config))
                    .contains(
                            "user %1$s has no REPLICATION SLAVE (GRANT REPLICATION SLAVE ON *.* TO '%1$s')"
                                    .formatted(fixture.name),
                            "user %1$s has no BINLOG MONITOR (GRANT BINLOG MONITOR ON *.* TO '%1$s')"
                                    .formatted(fixture.name),
                            "user %1$s has no RELOAD (GRANT RELOAD ON *.* TO '%1$s')".formatted(fixture.name))
                    .anyMatch(problem -> problem.contains("table %s.yardmaster_outbox".formatted(fixture.name)));
            fixture.sql("CREATE TABLE yardmaster_outbox (lane text, resource_group_id bigint, session_id bigint)");
            fixture.sql("GRANT ALL ON *.* TO " + fixture.name);
            assertThat(problems(config))
                    .containsExactly(
                            "table %s.yardmaster_outbox has no column job_id".formatted(fixture.name),
                            "table %s.yardmaster_outbox has no column task_index".formatted(fixture.name),
                            "table %s.yardmaster_outbox has no column attempt".formatted(fixture.name),
                            "table %s.yardmaster_outbox has no column has_task".formatted(fixture.name));
        }
    }

    /** A table of Debezium's own is none of ours; another table is named once, not once for each column. */
    @Test
    void aTableThatIsNoOutboxIsNamedOnce() throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_CDC.open(site)) {
            fixture.sql("CREATE TABLE heartbeat (id integer PRIMARY KEY, beat timestamptz)");
            fixture.sql("ALTER PUBLICATION yardmaster ADD TABLE heartbeat");
            fixture.sql("GRANT SELECT ON heartbeat TO yardmaster");
            Map<String, String> config = fixture.config("postgresql-cdc.json");
            config.put("table.include.list", "public.yardmaster_outbox,public.heartbeat");
            assertThat(problems(config))
                    .containsExactly("table public.heartbeat has none of the columns lane, resource_group_id, job_id,"
                            + " session_id, task_index, attempt, has_task: it is no table for this connector");
            config.put(
                    "heartbeat.action.query",
                    "INSERT INTO heartbeat VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET beat = now()");
            assertThat(problems(config)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatNoSettingNamesIsNamed(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database)) {
            fixture.sql(
                    "CREATE TABLE tasks (resource_group_id bigint, job_id bigint, task_index integer, attempt integer,"
                            + " session_id bigint, state char(12))");
            fixture.sql(
                    "CREATE TABLE jobs (resource_group_id bigint, job_id bigint, session_id bigint, state char(12))");
            fixture.ddl(database.prefix() + "-states.sql");
            fixture.sql("INSERT INTO tasks (state) VALUES ('READY'), ('done'), ('redy'), (NULL)");
            Map<String, String> config = fixture.config(database.prefix() + "-states.json");
            String table = (database == Database.POSTGRESQL ? "public" : fixture.name) + ".tasks";
            assertThat(problems(config))
                    .containsExactly(
                            "table " + table + " has rows whose state is in none of yardmaster.states.*: 'redy'");
            config.put("yardmaster.states.other", "*");
            assertThat(problems(config)).isEmpty();
        }
    }

    @Test
    void aMariaDbThatDemandsTlsIsCheckedOverTls() throws Exception {
        try (ConnectFixture fixture = Scenario.MARIADB_CDC.open(site)) {
            fixture.sql("CREATE USER %s IDENTIFIED BY 'change-me' REQUIRE SSL".formatted(fixture.name));
            fixture.sql("GRANT ALL ON *.* TO " + fixture.name);
            Map<String, String> config = fixture.config("mariadb-cdc.json");
            config.put("database.user", fixture.name);
            assertThat(problems(config))
                    .singleElement()
                    .asString()
                    .startsWith("user %s is refused by jdbc:".formatted(fixture.name));
            config.put("database.ssl.mode", "trust");
            assertThat(problems(config)).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotLogIsNamed() throws Exception {
        // If there are binaries for PostgreSQL, there are for the others.
        site.postgres();
        site.mariaDb();
        try (DatabaseServer postgres = PostgresServer.start(directory.resolve("p"), Map.of("wal_level", "replica"));
                DatabaseServer statements = MariaDbServer.start(
                        directory.resolve("m"),
                        List.of("--log-bin=binlog", "--server-id=1", "--binlog-format=STATEMENT"))) {
            assertThat(problems(Map.ofEntries(
                            Map.entry("connector.class", "io.yardmaster.connectors.capture.CaptureConnector"),
                            Map.entry("yardmaster.capture", "io.debezium.connector.postgresql.PostgresConnector"),
                            Map.entry("key.converter", "org.apache.kafka.connect.converters.LongConverter"),
                            Map.entry("value.converter", "io.yardmaster.connectors.convert.EventConverter"),
                            Map.entry("value.converter.schema.registry.url", "http://127.0.0.1:1"),
                            Map.entry("database.hostname", "127.0.0.1"),
                            Map.entry("database.port", Integer.toString(postgres.port())),
                            Map.entry("database.dbname", "postgres"),
                            Map.entry("database.user", postgres.user()),
                            Map.entry("database.password", postgres.password()),
                            Map.entry("topic.prefix", "x"),
                            Map.entry("publication.name", "x"),
                            Map.entry("slot.name", "x"),
                            Map.entry("table.include.list", "public.x"))))
                    .contains("wal_level is replica: must be logical (ALTER SYSTEM SET wal_level = 'logical', then"
                            + " restart PostgreSQL)");
            assertThat(problems(Map.ofEntries(
                            Map.entry("connector.class", "io.yardmaster.connectors.capture.CaptureConnector"),
                            Map.entry("yardmaster.capture", "io.debezium.connector.mariadb.MariaDbConnector"),
                            Map.entry("key.converter", "org.apache.kafka.connect.converters.LongConverter"),
                            Map.entry("value.converter", "io.yardmaster.connectors.convert.EventConverter"),
                            Map.entry("value.converter.schema.registry.url", "http://127.0.0.1:1"),
                            Map.entry("database.hostname", "127.0.0.1"),
                            Map.entry("database.port", Integer.toString(statements.port())),
                            Map.entry("database.user", statements.user()),
                            Map.entry("database.password", statements.password()),
                            Map.entry("topic.prefix", "x"),
                            Map.entry("table.include.list", "mysql.x"))))
                    .contains("binlog_format is STATEMENT: must be ROW (SET GLOBAL binlog_format = 'ROW', and in the"
                            + " server's configuration)");
        }
    }
}
