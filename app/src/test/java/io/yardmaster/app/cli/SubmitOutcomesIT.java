package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Submissions of which tasks fail, are refused or killed, with execution managers as users run them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SubmitOutcomesIT {
    @TempDir
    static Path directory;

    private static EmbeddedServe scheduler;
    private static ServeProcess.Ready ready;

    @BeforeAll
    static void start() {
        scheduler = EmbeddedServe.start(directory, "refused.backoff=100ms");
        ready = scheduler.ready();
    }

    @AfterAll
    static void stop() {
        scheduler.close();
    }

    @Test
    void aTaskThatFailsEndsItsJobWithTheReasonAndARefusedOneIsAwaited() throws Exception {
        Path refused = directory.resolve("refused");
        // Task 1 of job 7 fails, task 0 of job 8 is refused once.
        String script = "case {job}-{kind}-{task} in 7-TASK-1) exit 1;; 8-TASK-0) test -e " + refused + " || { touch "
                + refused + "; exit 75; };; esac";
        try (CommandProcess worker = worker("failing", "--tries=2", "--exec", "sh -c '" + script + "'")) {
            CommandLineRun submit = submit("--job=7", chain("bad", 3), chain("good", 2));

            assertThat(submit.stderr())
                    .isEqualTo("yardmaster: job 7 fails: stage bad1 failed: sh ended with exit code 1\n");
            assertThat(submit.stdout())
                    .containsPattern("\njob 7 has failed: 1 of 3 tasks done in ")
                    .containsPattern("\njob 8 is done: 2 tasks in ");
            assertThat(submit.exitCode()).isEqualTo(1);
            assertThat(ends(worker, 7))
                    .containsExactly("done job=7 task=0", "failed job=7 task=1", "done job=7 cleanup");
            assertThat(ends(worker, 8))
                    .containsExactly(
                            "refused job=8 task=0", "done job=8 task=0", "done job=8 task=1", "done job=8 commit");

            CommandLineRun followed = submit("--follow=7", chain("bad", 3));
            assertThat(followed.stderr()).isEqualTo(submit.stderr());
            assertThat(followed.stdout()).containsPattern("\njob 7 has failed: 1 of 3 tasks done in ");
            assertThat(followed.exitCode()).isEqualTo(1);
            assertThat(ends(worker, 7)).as("nothing runs again").hasSize(3);
            assertThat(worker.stop()).isZero();
        }
    }

    @Test
    void aFailedTaskIsTriedAgainAsOftenAsItsAttemptsSay() throws Exception {
        try (CommandProcess worker =
                worker("retried", "--tries=1", "--exec", "sh -c 'test {kind} = COMMIT || test {attempt} -ge 2'")) {
            CommandLineRun submit = submit("--job=9", "--attempts=3", chain("again", 2));

            assertThat(submit.stderr()).isEmpty();
            assertThat(submit.exitCode()).isZero();
            assertThat(ends(worker, 9))
                    .containsExactly(
                            "failed job=9 task=0",
                            "failed job=9 task=0 attempt=1",
                            "done job=9 task=0 attempt=2",
                            "failed job=9 task=1",
                            "failed job=9 task=1 attempt=1",
                            "done job=9 task=1 attempt=2",
                            "done job=9 commit");
            CommandLineRun fewer = submit("--job=10", "--attempts=2", chain("fewer", 2));
            assertThat(fewer.stderr())
                    .isEqualTo(
                            "yardmaster: job 10 fails: stage fewer0 failed in attempt 2: sh ended with exit code 1\n");
            assertThat(fewer.exitCode()).isEqualTo(1);
            assertThat(worker.stop()).isZero();
        }
    }

    @Test
    void aJobThatIsCancelledWhileATaskRunsIsOneLineWithWhoAskedAndWhy() throws Exception {
        String script = "test {kind} = CLEANUP || { echo begun {job}; sleep 100; }";
        try (CommandProcess worker = worker("killed", "--exec", "sh -c '" + script + "'");
                CommandProcess submit = CommandProcess.start(
                        directory,
                        directory.resolve("cancelled"),
                        ready.arguments("submit", "--job=17", chain("long", 2)))) {
            worker.awaitOutput("begun 17");
            cancel(17);

            assertThat(submit.awaitExit()).isEqualTo(1);
            assertThat(submit.output())
                    .contains("yardmaster: job 17 is cancelled by ann: wrong input\n")
                    .contains("job 17 was cancelled: 0 of 2 tasks done in ");
            worker.awaitOutput("done group=1 job=17 cleanup");
            assertThat(worker.stop()).isZero();
        }
    }

    @Test
    void aJobThatIsCancelledBeforeAnythingOfItRanIsTheSame() throws Exception {
        try (CommandProcess submit = CommandProcess.start(
                directory, directory.resolve("early"), ready.arguments("submit", "--job=18", chain("early", 2)))) {
            submit.awaitOutput("0 of 2 tasks, 0 of 1 jobs done; 1 ready or running\n");
            cancel(18);
            try (CommandProcess worker = worker("late", "--exec", "true")) {
                assertThat(submit.awaitExit()).isEqualTo(1);
                assertThat(submit.output())
                        .contains("yardmaster: job 18 is cancelled by ann: wrong input\n")
                        .contains("job 18 was cancelled: 0 of 2 tasks done in ");
                assertThat(ends(worker, 18))
                        .doesNotContain("done job=18 task=1")
                        .contains("done job=18 cleanup");
                assertThat(worker.stop()).isZero();
            }
        }
    }

    private static void cancel(long job) {
        CommandLineRun cancel =
                CommandLineRun.of(ready.arguments("cancel", "" + job, "--reason", "wrong input", "--by", "ann"));
        assertThat(cancel.exitCode()).as(cancel.stderr()).isZero();
    }

    private static CommandProcess worker(String name, String... options) throws IOException {
        CommandProcess worker =
                CommandProcess.start(directory, directory.resolve(name + ".out"), ready.arguments("work", options));
        worker.awaitOutput("working in consumer group");
        return worker;
    }

    private static List<String> ends(CommandProcess worker, long job) {
        return worker.output()
                .lines()
                .filter(line -> line.contains(" job=" + job + " "))
                .map(line -> line.replaceAll("group=1 |( attempt=0)? assignment=.*", ""))
                .toList();
    }

    private static CommandLineRun submit(String... options) {
        return CommandLineRun.of(ready.arguments("submit", options));
    }

    /** A workflow in which each task waits for the one before it. */
    private static String chain(String name, int tasks) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int task = 0; task < tasks; task++) {
            String parents = task == 0 ? "" : "\"" + name + (task - 1) + "\"";
            all.append(task == 0 ? "" : ", ")
                    .append("{\"id\": \"%s%d\", \"name\": \"%s%d\", \"parents\": [%s]}"
                            .formatted(name, task, name, task, parents));
        }
        return Files.writeString(
                        directory.resolve(name + ".json"),
                        "{\"name\": \"%s\", \"schemaVersion\": \"1.5\", \"workflow\": {\"specification\": {\"tasks\": [%s]}}}"
                                .formatted(name, all))
                .toString();
    }
}
