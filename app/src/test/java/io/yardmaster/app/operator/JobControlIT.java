package io.yardmaster.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.cli.EmbeddedServe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands and events beside a scheduler with room for one assignment, which nobody takes. */
class JobControlIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private ServeProcess.Ready ready;

    @Test
    void aJobIsPausedResumedPrioritizedAndCancelledAndItsEventsTellWhoAskedForIt() throws Exception {
        Path tasks = Files.writeString(
                directory.resolve("tasks.csv"), "resource_group_id,job_id,session_id,task_indices\n3,7,1,0-9\n");
        try (EmbeddedServe scheduler = EmbeddedServe.start(directory, "dispatch.capacity=1")) {
            ready = scheduler.ready();
            assertThat(run("submit", tasks.toString()).exitCode()).isZero();

            assertThat(run("pause", "7")).isEqualTo(new CommandLineRun(0, "job 7 is paused\n", ""));
            assertThat(run("pause", "7")).isEqualTo(new CommandLineRun(0, "job 7 is paused already\n", ""));
            assertThat(run("resume", "7")).isEqualTo(new CommandLineRun(0, "job 7 goes on\n", ""));
            assertThat(run("priority", "7", "5")).isEqualTo(new CommandLineRun(0, "job 7 has priority 5\n", ""));
            assertThat(run("priority", "7", "5"))
                    .isEqualTo(new CommandLineRun(0, "job 7 has priority 5 already\n", ""));
            Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(page("/api/jobs/7"))
                    .contains("\"priority\":5", "a command gave it priority 5"));
            CommandLineRun cancel = run("cancel", "7", "--reason=too old", "--by=anna");
            assertThat(cancel.stderr()).isEmpty();
            assertThat(cancel.stdout())
                    .as("a task may be dispatched")
                    .matches("job 7 is cancelled: (9|10) waiting tasks were discarded\n");
            CommandLineRun unknown = run("cancel", "8");
            assertThat(unknown.stderr())
                    .startsWith("yardmaster: no event about job 8 has come in session 1")
                    .hasLineCount(1);
            assertThat(unknown.exitCode()).isEqualTo(1);

            assertThat(run("events", "--job=7", "--group=3").stdout().lines())
                    .extracting(line -> line.replaceFirst("^\\S+ ", ""))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("job 7 (group 3) began"),
                            line -> assertThat(line).startsWith("job 7 (group 3) paused (by "),
                            line -> assertThat(line).startsWith("job 7 (group 3) resumed (by "),
                            line -> assertThat(line).startsWith("job 7 (group 3) prioritized, priority 5 (by "),
                            line -> assertThat(line)
                                    .matches("job 7 \\(group 3\\) cancelled, (9|10) tasks: too old \\(by anna\\)"));
        }
    }

    private String page(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(ready.http() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--set=kafka.bootstrap.servers=" + ready.kafka(),
                                "--set=schema.registry.url=" + ready.registry()))
                .toArray(String[]::new));
    }
}
