package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of one host, as operators see it. */
class HostsViewIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private static String run(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        return run.stdout();
    }

    /** Once, a shard may take too long to say what it has, and the plan may be of the tick before. */
    private static void eventually(ThrowingRunnable holds) {
        await().atMost(LIMIT).untilAsserted(holds);
    }

    @Test
    void L10_hostsAndTheReasonWhyATaskHasNoneAreSeen() throws Exception {
        Path job = Files.writeString(
                directory.resolve("job.yaml"),
                """
                job: train
                stages:
                  small: {pool: p, run: "true", needs: {gpu: 1}}
                  big: {pool: p, run: "true", needs: {gpu: 4}}
                """);
        try (EmbeddedServe serve = EmbeddedServe.start(directory)) {
            ServeProcess.Ready ready = serve.ready();
            String[] hosts = {"status", "--hosts", "--once", "--url", ready.http()};
            eventually(() -> assertThat(run(hosts)).isEqualTo("no pool places tasks on hosts, or none has hosts\n"));
            run(ready.arguments("policy", "set", "pool/p", "placement=hosts"));
            try (CommandProcess work = CommandProcess.start(
                            directory,
                            directory.resolve("work.out"),
                            ready.arguments(
                                    "work",
                                    "--pool=p",
                                    "--host=h1",
                                    "--has=gpu=2",
                                    "--run",
                                    "--output=" + directory.resolve("output")));
                    CommandProcess submit = CommandProcess.start(
                            directory,
                            directory.resolve("submit.out"),
                            ready.arguments("submit", "--job=77", job.toString()))) {
                eventually(() -> assertThat(run(hosts)).startsWith("pool p  1 host, "));
                eventually(
                        () -> assertThat(run("status", "77", "--once", "--url", ready.http()))
                                .contains(
                                        "waits for a host: needs gpu=4; the largest free is 2 on host h1; no host would fit when empty"));
                eventually(
                        () -> assertThat(run("status", "77", "--once", "--url", ready.http()))
                                .contains(
                                        "1 task of it waits for a host of pool p: needs gpu=4; the largest free is 2 on host h1"));
                eventually(() -> assertThat(run(hosts).lines())
                        .anyMatch(line -> line.startsWith("gpu ") && line.contains("2 on h1")));
                eventually(() -> assertThat(List.of(
                                run("status", "77", "--once", "--json", "--url", ready.http()),
                                run("status", "--hosts", "--json", "--once", "--url", ready.http())))
                        .satisfiesExactly(
                                stages -> assertThat(stages).contains("\"code\":\"host\""),
                                pools -> assertThat(pools).contains("\"waiting_tasks\":1")));
                estimates(ready, hosts);
                assertThat(work.stop()).isZero();
                submit.kill9();
            }
        }
    }

    private String job(String name, String run, int gpus) throws IOException {
        String text = "job: %s%nstages:%n  only: {pool: p, run: '%s', needs: {gpu: %s}}%n".formatted(name, run, gpus);
        return Files.writeString(directory.resolve(name + ".yaml"), text).toString();
    }

    /** A job waits for a task that has the host's GPUs, another one for more of them than the host has. */
    private void estimates(ServeProcess.Ready ready, String... hosts) throws IOException {
        Path release = directory.resolve("release");
        String holds = job("hold", "until [ -e " + release + " ]; do sleep 0.2; done", 2);
        run(ready.arguments("submit", "--detach", "--job=78", holds));
        eventually(() -> assertThat(run(hosts)).startsWith("pool p  1 host, 1 task on them"));
        run(ready.arguments("submit", "--detach", "--job=79", job("wait", "true", 1), job("huge", "true", 4)));
        eventually(() -> assertThat(
                        run("status", "79", "--when", "--url", ready.http()).lines())
                .anyMatch(line -> line.startsWith("job 79  It starts in about "))
                .contains(
                        "depends on: it waits for a host: needs gpu=1; the largest free is 0 on host h1; 1 host would fit when empty",
                        "depends on: 1 task runs now on the 1 host of pool p, and 3 wait for one"));
        eventually(() -> assertThat(CommandLineRun.of("status", "80", "--when", "--url", ready.http())
                        .stderr()
                        .lines())
                .singleElement()
                .asString()
                .contains("job 80 cannot start as things are: needs gpu=4; the largest free is 0 on host h1;"
                        + " no host would fit when empty"));
        Files.createFile(release);
        eventually(() -> assertThat(CommandLineRun.of("status", "79", "--when", "--url", ready.http())
                        .stderr())
                .contains("job 79 has ended"));
    }
}
