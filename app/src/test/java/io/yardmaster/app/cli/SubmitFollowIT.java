package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Submissions whose processes are killed, and such to a scheduler that tells no events. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SubmitFollowIT {
    /** Some seconds of work, so that the job goes on when the test is late with a kill. */
    private static final int TASKS = 40;

    @TempDir
    Path directory;

    private ServeProcess serve() {
        return ServeProcess.start(directory, "--embedded", "--data=data", "--port=0", "--set=http.listen=127.0.0.1:0");
    }

    private CommandProcess work(ServeProcess.Ready at, String name) throws IOException {
        CommandProcess worker = CommandProcess.start(
                directory, directory.resolve(name), at.arguments("work", "--sleep=0.2", "--parallel=2"));
        worker.awaitOutput("working in consumer group");
        return worker;
    }

    private String chain() throws IOException {
        String tasks = IntStream.range(0, TASKS)
                .mapToObj(task -> "{\"id\": \"t%d\", \"name\": \"t\", \"parents\": [%s]}"
                        .formatted(task, task == 0 ? "" : "\"t" + (task - 1) + "\""))
                .collect(Collectors.joining(", "));
        return Files.writeString(
                        directory.resolve("chain.json"),
                        "{\"name\": \"chain\", \"schemaVersion\": \"1.5\", \"workflow\": {\"specification\": {\"tasks\": [%s]}}}"
                                .formatted(tasks))
                .toString();
    }

    @Test
    void aJobIsFollowedThoughItsSubmitterAndTheSchedulerWereKilled() throws Exception {
        String chain = chain();
        try (ServeProcess first = serve();
                CommandProcess worker = work(first.awaitReady(), "first");
                CommandProcess submit = CommandProcess.start(
                        directory,
                        directory.resolve("submit"),
                        first.awaitReady().arguments("submit", "--job=5", chain))) {
            // A worker says it before the outcome is written; the scheduler has those of the tasks before.
            worker.awaitOutput("done group=1 job=5 task=4 ");
            submit.kill9();
            first.kill9();
            worker.kill9();
        }
        try (ServeProcess second = serve();
                CommandProcess worker = work(second.awaitReady(), "second")) {
            CommandLineRun followed = CommandLineRun.of(second.awaitReady().arguments("submit", "--follow=5", chain));

            assertThat(followed.stderr()).isEmpty();
            assertThat(followed.stdout())
                    .startsWith("job 5 is chain: 40 tasks\n")
                    .containsPattern("s: ([4-9]|[1-3]\\d) of 40 tasks, 0 of 1 jobs done; 1 ready or running\n")
                    .contains("job 5 is done: 40 tasks in ");
            assertThat(followed.exitCode()).isZero();
            assertThat(worker.output()).doesNotContain("done group=1 job=5 task=0 ");
            assertThat(worker.stop()).isZero();
        }
    }

    @Test
    void withoutEventsOutcomesTellTheEnd() throws Exception {
        String chain = chain();
        try (EmbeddedServe serve = EmbeddedServe.start(directory, "events=none")) {
            ServeProcess.Ready ready = serve.ready();
            try (CommandProcess worker = work(ready, "worker")) {
                CommandLineRun submit = CommandLineRun.of(ready.arguments("submit", "--job=6", chain));
                assertThat(submit.stderr()).isEmpty();
                assertThat(submit.stdout()).contains("job 6 is done: 40 tasks in ");
                assertThat(submit.exitCode()).isZero();

                CommandLineRun again = CommandLineRun.of(ready.arguments("submit", "--job=6", chain));
                assertThat(again.stderr())
                        .startsWith("yardmaster: the scheduler refuses job 6: job 6 is known already, ")
                        .hasLineCount(1);
                assertThat(again.exitCode()).isEqualTo(1);
                assertThat(worker.stop()).isZero();
            }
        }
    }
}
