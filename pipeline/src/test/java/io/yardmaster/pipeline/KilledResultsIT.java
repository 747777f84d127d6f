package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.connect.ConnectWorker;
import io.yardmaster.schemas.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worker and the database are killed in the middle, and a table is locked: each row is right in the end. */
@ExtendWith(Site.class)
class KilledResultsIT {
    private static final int TASKS = 20_000;
    /** Sent before the worker is killed, so that it has more to write then, however late the test is with the kill. */
    private static final int BEFORE_THE_KILL = TASKS / 2;

    private static final int JOBS = 20;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Site.Running site;

    KilledResultsIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource
    void eachRowIsRightAfterTheWorkerAndTheDatabaseWereKilled(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database).ddl(database.prefix() + "-results.sql");
                ResultSender sender = new ResultSender(fixture)) {
            fixture.createTopics();
            Map<String, String> config = fixture.config(database.prefix() + "-results.json");
            config.put("consumer.override.max.poll.records", "200");
            config.put("consumer.override.session.timeout.ms", "3000");
            config.put("consumer.override.heartbeat.interval.ms", "500");
            config.put("yardmaster.database.timeout.ms", "1000");
            int atTheKill;
            int atTheCrash;
            try (ConnectWorker first =
                    site.newWorker(fixture.name + "-connect", Map.of()).awaitUp()) {
                fixture.connectResults(first.rest(), config);
                // A lost success would show: nothing later takes its place.
                send(sender, TaskResult.SUCCEEDED, 1, 0, BEFORE_THE_KILL);
                // A row of each job is there then to be locked.
                await().until(() -> rows(fixture) >= JOBS);
                killInTheMiddleOfATransaction(
                        first, fixture, database, () -> send(sender, TaskResult.SUCCEEDED, 1, BEFORE_THE_KILL, TASKS));
                atTheKill = rows(fixture);
            }
            try (ConnectWorker second =
                    site.newWorker(fixture.name + "-connect", Map.of()).awaitUp()) {
                await().atMost(LONG).until(() -> rows(fixture) > atTheKill);
                send(sender, TaskResult.FAILED, 0, 0, TASKS / 2);
                fixture.server.crash();
                await().atMost(LONG).ignoreExceptions().until(() -> rows(fixture) >= 0);
                atTheCrash = rows(fixture);
                try (Connection locking = fixture.server.connect(fixture.name);
                        Statement statement = locking.createStatement()) {
                    locking.setAutoCommit(false);
                    statement.execute("SELECT next_offset FROM yardmaster_positions FOR UPDATE");
                    send(sender, TaskResult.FAILED, 0, TASKS / 2, TASKS);
                    await().atMost(LONG).until(() -> log(second).contains("takes no rows, trying again in 500 ms"));
                }
                await().atMost(LONG).until(() -> fixture.column("SELECT max(next_offset) FROM yardmaster_positions")
                        .equals(List.of(Integer.toString(2 * TASKS))));
                assertThat(second.rest().isRunning(fixture.results())).isTrue();
            }
            System.out.printf(
                    "%s: worker killed after %d rows of %d, database after %d%n",
                    database, atTheKill, TASKS, atTheCrash);
            assertThat(atTheKill).isLessThan(TASKS);
            assertThat(fixture.column(
                            "SELECT count(*) FROM yardmaster_outcomes WHERE attempt = 1 AND result = 'SUCCEEDED'"))
                    .containsExactly(Integer.toString(TASKS));
            assertThat(fixture.column("SELECT count(*) FROM yardmaster_outcomes"))
                    .containsExactly(Integer.toString(TASKS));
            assertThat(fixture.column("SELECT sum(failed) FROM yardmaster_jobs"))
                    .containsExactly("0");
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
        }
    }

    /** The position is moved, and the rows are not: they wait for a lock, which is there before some of them are sent. */
    private static void killInTheMiddleOfATransaction(
            ConnectWorker worker, ConnectFixture fixture, Database database, Runnable send) throws SQLException {
        String waiting = database == Database.POSTGRESQL
                ? "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                : "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
        try (Connection locking = fixture.server.connect(fixture.name);
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("SELECT job_id FROM yardmaster_jobs FOR UPDATE");
            send.run();
            await().until(() -> !fixture.column(waiting).equals(List.of("0")));
            worker.kill9();
        }
    }

    private static String log(ConnectWorker worker) throws IOException {
        return Files.readString(worker.log());
    }

    private static void send(ResultSender sender, TaskResult result, int attempt, int from, int to) {
        for (int task = from; task < to; task++) {
            sender.send(ResultSender.outcome(task % JOBS, task / JOBS, 0, attempt, result));
        }
        sender.flush();
    }

    private static int rows(ConnectFixture fixture) throws SQLException {
        return Integer.parseInt(
                fixture.column("SELECT count(*) FROM yardmaster_outcomes").get(0));
    }
}
