package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.connect.ConnectWorker;
import io.yardmaster.embedded.connect.MariaDbServer;
import io.yardmaster.embedded.connect.NoBinariesException;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that takes no rows for a while, or is put back to a backup: in the end the rows are right, and nothing is a dead letter. */
@ExtendWith(Site.class)
class ResultsOutageIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int TASKS = 5_000;
    private static final String ROWS =
            "SELECT concat_ws(' ', job_id, task_index, attempt, result) FROM yardmaster_outcomes ORDER BY job_id, task_index";

    private final Site.Running site;

    ResultsOutageIT(Site.Running site) {
        this.site = site;
    }

    private interface Step {
        void run(ConnectFixture fixture) throws Exception;
    }

    /** Sends outcomes while the database is in a state in which it takes none. */
    private void endsWell(ConnectFixture fixture, Database database, Step begin, Step end, String reason)
            throws Exception {
        try (ConnectWorker worker =
                        site.newWorker(fixture.name + "-connect", Map.of()).awaitUp();
                ResultSender sender = new ResultSender(fixture)) {
            fixture.createTopics();
            Map<String, String> config = fixture.config(database.prefix() + "-results.json");
            config.put("yardmaster.database.timeout.ms", "5000");
            fixture.connectResults(worker.rest(), config);
            send(sender, 1, 0);
            awaitPosition(fixture, TASKS);
            begin.run(fixture);
            try {
                send(sender, 2, 1);
                await().atMost(LONG).untilAsserted(() -> assertThat(log(worker))
                        .containsPattern("takes no rows, trying again in 1000 ms: .*" + reason));
                assertThat(fixture.column("SELECT count(*) FROM yardmaster_outcomes WHERE attempt = 1"))
                        .as("none of them is written without the others of its transaction")
                        .isNotEqualTo(List.of(Integer.toString(TASKS)));
            } finally {
                end.run(fixture);
            }
            awaitPosition(fixture, 2 * TASKS);
            assertThat(fixture.column("SELECT concat_ws(' ', job_id, succeeded) FROM yardmaster_jobs ORDER BY job_id"))
                    .containsExactly("1 " + TASKS, "2 " + TASKS);
            assertThat(fixture.column("SELECT count(*) FROM yardmaster_outcomes"))
                    .containsExactly(Integer.toString(2 * TASKS));
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
            assertThat(worker.rest().isRunning(fixture.results())).isTrue();
        }
    }

    private static void send(ResultSender sender, long job, int attempt) {
        for (int task = 0; task < TASKS; task++) {
            sender.send(ResultSender.outcome(
                    job, task, 0, attempt, TaskResult.SUCCEEDED, "r".repeat(1_000), ResultSender.START));
        }
        sender.flush();
    }

    private static String log(ConnectWorker worker) throws IOException {
        return Files.readString(worker.log());
    }

    private static void awaitPosition(ConnectFixture fixture, long position) {
        await().atMost(LONG).ignoreExceptions().until(() -> fixture.column(
                        "SELECT next_offset FROM yardmaster_positions WHERE topic = '%s'"
                                .formatted(fixture.topics().of(Topic.OUTCOMES)))
                .equals(List.of(Long.toString(position))));
    }

    @Test
    void aFullDiskOfPostgresHoldsRowsUpUntilThereIsRoom() throws Exception {
        try (MountedDisk disk = MountedDisk.mount(Files.createTempDirectory("yardmaster-small"), 48);
                ConnectFixture fixture = new ConnectFixture(site, Database.POSTGRESQL)) {
            Path place = Files.createDirectory(disk.directory().resolve("tables"));
            fixture.sql("CREATE TABLESPACE %s LOCATION '%s'".formatted(fixture.name, place));
            fixture.sql("ALTER DATABASE %1$s SET default_tablespace = '%1$s'".formatted(fixture.name));
            fixture.ddl("postgresql-results.sql");
            try {
                endsWell(
                        fixture,
                        Database.POSTGRESQL,
                        ResultsOutageIT::fill,
                        full -> full.sql("DROP TABLE filler"),
                        "No space left on device");
            } finally {
                dropTables(fixture);
                fixture.sql("DROP TABLESPACE " + fixture.name);
            }
        }
    }

    /** InnoDB may end the server on a full disk; a tablespace that may not grow refuses rows. */
    @Test
    void aFullTablespaceOfMariaDbHoldsRowsUpUntilThereIsRoom() throws Exception {
        Path directory = Files.createTempDirectory("yardmaster-full");
        List<String> options = List.of(
                "--log-bin=binlog",
                "--server-id=1",
                "--binlog-format=ROW",
                "--innodb-file-per-table=0",
                "--innodb-data-file-path=ibdata1:12M:autoextend:max:48M");
        try (MariaDbServer server = MariaDbServer.start(directory, options);
                ConnectFixture fixture = new ConnectFixture(site, server)) {
            fixture.ddl("mariadb-results.sql");
            endsWell(
                    fixture, Database.MARIADB, ResultsOutageIT::fill, full -> full.sql("DROP TABLE filler"), "is full");
        } catch (NoBinariesException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    private static void dropTables(ConnectFixture fixture) throws SQLException {
        for (String view : List.of("workers_today", "group_waits", "progress", "failed_today", "tasks")) {
            fixture.sql("DROP VIEW yardmaster_" + view);
        }
        for (String table : List.of("outcomes", "jobs", "positions")) {
            fixture.sql("DROP TABLE yardmaster_" + table);
        }
    }

    /** Until there is no room for another row. */
    private static void fill(ConnectFixture fixture) throws SQLException {
        fixture.sql("CREATE TABLE filler (bytes varchar(4000))");
        try (Connection connection = fixture.server.connect(fixture.name);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO filler VALUES (?)")) {
            connection.setAutoCommit(false);
            for (int rows = 400; rows >= 1; rows /= 20) {
                fill(connection, insert, rows);
            }
        }
    }

    private static void fill(Connection connection, PreparedStatement insert, int rows) throws SQLException {
        try {
            for (int batch = 0; batch < 200; batch++) {
                for (int row = 0; row < rows; row++) {
                    insert.setString(1, incompressible());
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
            throw new AssertionError("there is more room than there should be");
        } catch (SQLException full) {
            assertThat(full.getMessage()).containsAnyOf("No space left", "is full");
            connection.rollback();
        }
    }

    /** PostgreSQL would compress equal characters. */
    private static String incompressible() {
        StringBuilder text = new StringBuilder(4_000);
        SplittableRandom random = new SplittableRandom(1);
        while (text.length() < 4_000) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aReadOnlyDatabaseHoldsRowsUpUntilItTakesThem(Database database) throws Exception {
        boolean postgres = database == Database.POSTGRESQL;
        try (ConnectFixture fixture = new ConnectFixture(site, database).ddl(database.prefix() + "-results.sql")) {
            endsWell(
                    fixture,
                    database,
                    open -> setReadOnly(open, postgres, true),
                    closed -> setReadOnly(closed, postgres, false),
                    postgres ? "read-only transaction" : "read.only");
        }
    }

    private static void setReadOnly(ConnectFixture fixture, boolean postgres, boolean readOnly) throws SQLException {
        if (postgres) {
            try (Connection connection = fixture.server.connect("postgres");
                    var statement = connection.createStatement()) {
                statement.execute(
                        "ALTER DATABASE %s SET default_transaction_read_only = %s".formatted(fixture.name, readOnly));
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                        .formatted(fixture.name));
            }
        } else {
            fixture.sql("SET GLOBAL read_only = " + (readOnly ? 1 : 0));
        }
    }

    /** A dump, or a copy of the database's files: neither knows of anything that came later, the position included. */
    @ParameterizedTest
    @EnumSource
    void rowsAreRightAgainAfterABackupWasRestored(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database).ddl(database.prefix() + "-results.sql");
                ResultSender sender = new ResultSender(fixture)) {
            fixture.createTopics();
            fixture.connectResults(fixture.config(database.prefix() + "-results.json"));
            List<TaskOutcome> before = new ArrayList<>();
            List<TaskOutcome> after = new ArrayList<>();
            for (int task = 0; task < 1_000; task++) {
                before.add(ResultSender.outcome(task % 7, task, 0, 0, TaskResult.FAILED));
                after.add(ResultSender.outcome(
                        task % 7, task % 2 == 0 ? task : task + 1_000, 0, 1, TaskResult.SUCCEEDED));
            }
            before.forEach(sender::send);
            sender.flush();
            awaitPosition(fixture, 1_000);
            Backup backup = database == Database.POSTGRESQL ? new PostgresCopy(fixture) : new MariaDbDump(fixture);
            backup.take();
            List<String> atTheBackup = fixture.column(ROWS);
            after.forEach(sender::send);
            sender.flush();
            awaitPosition(fixture, 2_000);
            List<String> rows = fixture.column(ROWS);
            List<String> jobs = fixture.column(
                    "SELECT concat_ws(' ', job_id, succeeded, failed) FROM yardmaster_jobs" + " ORDER BY job_id");
            assertThat(rows).hasSize(1_500).isNotEqualTo(atTheBackup);

            backup.restore();
            awaitPosition(fixture, 2_000);
            assertThat(fixture.column(ROWS)).isEqualTo(rows);
            assertThat(fixture.column(
                            "SELECT concat_ws(' ', job_id, succeeded, failed) FROM yardmaster_jobs ORDER BY job_id"))
                    .isEqualTo(jobs);
            assertThat(fixture.column("SELECT sum(lost) FROM yardmaster_positions"))
                    .containsExactly("0");
            sender.send(ResultSender.outcome(1, 5_000, 0, 0, TaskResult.SUCCEEDED));
            awaitPosition(fixture, 2_001);
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
        }
    }

    private interface Backup {
        void take() throws Exception;

        /** Replaces the database by the backup, while the connector tries to write. */
        void restore() throws Exception;
    }

    /** A copy of the files; {@code pg_dump} does not come with the server. */
    private record PostgresCopy(ConnectFixture fixture) implements Backup {
        @Override
        public void take() throws SQLException {
            alone("CREATE DATABASE %1$s_backup TEMPLATE %1$s", "ALTER DATABASE %1$s ALLOW_CONNECTIONS true");
        }

        @Override
        public void restore() throws SQLException {
            alone("DROP DATABASE %1$s", "ALTER DATABASE %1$s_backup RENAME TO %1$s");
        }

        private void alone(String... statements) throws SQLException {
            fixture.server.execute("postgres", "ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(fixture.name));
            await().until(() -> {
                try (Connection connection = fixture.server.connect("postgres");
                        var statement = connection.createStatement();
                        var left = statement.executeQuery(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                                        .formatted(fixture.name))) {
                    return !left.next();
                }
            });
            for (String statement : statements) {
                fixture.server.execute("postgres", statement.formatted(fixture.name));
            }
        }
    }

    private record MariaDbDump(ConnectFixture fixture) implements Backup {
        private static final long SECONDS = 60;

        private File file() {
            return new File(System.getProperty("java.io.tmpdir"), fixture.name + ".sql");
        }

        @Override
        public void take() throws Exception {
            run("mariadb-dump", null, file(), "--single-transaction", fixture.name);
        }

        @Override
        public void restore() throws Exception {
            fixture.server.execute("", "DROP DATABASE " + fixture.name);
            fixture.server.execute("", "CREATE DATABASE " + fixture.name);
            run("mariadb", file(), null, fixture.name);
            assertThat(file().delete()).isTrue();
        }

        private void run(String program, File in, File out, String... arguments) throws Exception {
            List<String> command = new ArrayList<>(List.of(
                    ((MariaDbServer) fixture.server).programs().resolve(program).toString(),
                    "--no-defaults",
                    "-h127.0.0.1",
                    "-P" + fixture.server.port(),
                    "-u" + fixture.server.user(),
                    "-p" + fixture.server.password()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            if (in != null) {
                builder.redirectInput(in);
            }
            builder.redirectOutput(out == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(out));
            Process process = builder.start();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }
}
