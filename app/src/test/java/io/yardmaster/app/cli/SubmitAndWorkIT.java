package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler, an execution manager and a submission, each as users run it. */
class SubmitAndWorkIT {
    @TempDir
    Path directory;

    @Test
    void whatIsSubmittedIsDoneInOrderAndOnce() throws Exception {
        Path workflow = bundledWorkflow();
        Path events = Files.writeString(
                directory.resolve("events.csv"), "resource_group_id,job_id,session_id,task_indices\n2,99,1,0-4\n");
        try (ServeProcess scheduler = ServeProcess.start(
                directory, "--embedded", "--data=data", "--port=0", "--set", "http.listen=127.0.0.1:0")) {
            ServeProcess.Ready ready = scheduler.awaitReady();
            String kafka = "kafka.bootstrap.servers=" + ready.kafka();
            String registry = "schema.registry.url=" + ready.registry();
            try (CommandProcess worker = CommandProcess.start(
                    directory,
                    directory.resolve("work"),
                    "work",
                    "--set",
                    kafka,
                    "--set",
                    registry,
                    "--",
                    "sh",
                    "-c",
                    "echo started $ASSIGNMENT_JOB $ASSIGNMENT_KIND $ASSIGNMENT_TASK")) {
                worker.awaitOutput("working with 4 slots");

                CommandLineRun submit = CommandLineRun.of(
                        "submit", "--job=7", "--set", kafka, "--set", registry, events.toString(), workflow.toString());

                assertThat(submit.stderr()).isEmpty();
                assertThat(submit.stdout())
                        .contains("sent 1 events")
                        .contains("job 7 is nightly-logs: 118 tasks, resource group 1, session 1")
                        .contains("job 7 is done: 118 tasks");
                assertThat(submit.exitCode()).isZero();
                worker.awaitOutput("job=99 task=4");
                assertThat(worker.stop()).isZero();
                List<String> started = worker.output()
                        .lines()
                        .filter(line -> line.startsWith("started 7 "))
                        .toList();
                assertThat(started)
                        .hasSize(119)
                        .doesNotHaveDuplicates()
                        .startsWith("started 7 TASK 0")
                        .endsWith("started 7 COMMIT -1");
            }
        }
    }

    private Path bundledWorkflow() throws IOException {
        Path copy = directory.resolve("nightly-logs.json");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/workflows/nightly-logs.json")) {
            Files.copy(in, copy);
        }
        return copy;
    }
}
