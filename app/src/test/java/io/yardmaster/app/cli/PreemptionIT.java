package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An urgent job takes the only host of a pool from a job that then runs again. */
class PreemptionIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private static String run(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        return run.stdout();
    }

    private Path job(String name, String priority, String script) throws IOException {
        Path program = Files.writeString(directory.resolve(name + ".sh"), script);
        return Files.writeString(
                directory.resolve(name + ".yaml"),
                """
                job: %s
                %sstages:
                  only: {pool: p, run: "sh %s", needs: {gpu: 1}}
                """
                        .formatted(name, priority, program));
    }

    @Test
    void aHandlerIsCancelledForAnUrgentTaskAndItsTaskRunsAgain() throws Exception {
        Path begun = directory.resolve("begun");
        Path again = directory.resolve("again");
        // It runs for long only the first time.
        Path nightly = job(
                "nightly",
                "",
                "if [ -e %1$s ]; then touch %2$s; else echo $$ > %1$s.part; mv %1$s.part %1$s; exec sleep 600; fi\n"
                        .formatted(begun, again));
        Path urgent = job("urgent", "priority: 5\n", "[ ! -e %s ]\n".formatted(again));
        try (EmbeddedServe serve = EmbeddedServe.start(directory)) {
            ServeProcess.Ready ready = serve.ready();
            run(ready.arguments("policy", "set", "pool/p", "placement=hosts", "preemptions=3"));
            run(ready.arguments("policy", "set", "default/group", "preemptible=true"));
            try (CommandProcess work = CommandProcess.start(
                            directory,
                            directory.resolve("work.out"),
                            ready.arguments(
                                    "work",
                                    "--pool=p",
                                    "--host=h1",
                                    "--has=gpu=1",
                                    "--run",
                                    "--output=" + directory.resolve("output")));
                    CommandProcess first = CommandProcess.start(
                            directory,
                            directory.resolve("nightly.out"),
                            ready.arguments("submit", "--job=77", nightly.toString()))) {
                await().atMost(LIMIT).until(() -> Files.exists(begun));
                ProcessHandle victim = ProcessHandle.of(
                                Long.parseLong(Files.readString(begun).strip()))
                        .orElseThrow();
                try (CommandProcess second = CommandProcess.start(
                        directory,
                        directory.resolve("urgent.out"),
                        ready.arguments("submit", "--job=78", urgent.toString()))) {
                    assertThat(second.awaitExit(LIMIT)).as(second.output()).isZero();
                }
                await().atMost(LIMIT).until(() -> !victim.isAlive());
                assertThat(first.awaitExit(LIMIT)).as(first.output()).isZero();
                assertThat(again).exists();
                assertThat(work.stop()).isZero();
            }
        }
    }
}
