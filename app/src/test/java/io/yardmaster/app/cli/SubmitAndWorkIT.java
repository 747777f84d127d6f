package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.GivenUpLetter;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler, an execution manager and a submission. */
class SubmitAndWorkIT {
    @TempDir
    Path directory;

    @Test
    void submittedTasksAreDoneInOrderAndOnce() throws Exception {
        Path workflow = bundledWorkflow();
        Path events = Files.writeString(
                directory.resolve("events.csv"),
                "resource_group_id,job_id,session_id,task_indices\n2,99,1,0-4\n2,98,1,6\n");
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
                    "--parallel=3",
                    "--tries=2",
                    "--exec",
                    "sh -c 'echo started {job} {kind} $ASSIGNMENT_TASK; test {job} -ne 98'")) {
                worker.awaitOutput("working in consumer group yardmaster-ems, 3 at a time\n");

                CommandLineRun submit = CommandLineRun.of(
                        "submit", "--job=7", "--set", kafka, "--set", registry, events.toString(), workflow.toString());

                assertThat(submit.stderr()).isEmpty();
                assertThat(submit.stdout())
                        .contains("sent 2 events")
                        .contains("job 7 is nightly-logs: 118 tasks, resource group 1")
                        .contains("job 7 is done: 118 tasks");
                assertThat(submit.exitCode()).isZero();
                worker.awaitOutput("done group=2 job=99 task=4 ");
                worker.awaitOutput("failed group=2 job=98 task=6 ");
                assertThat(worker.output())
                        .containsPattern(
                                "failed group=2 job=98 task=6 attempt=0 .* tries=2: sh ended with exit code 1; "
                                        + "it counts as taken and runs again only with a higher attempt\n");
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

    /** The scheduler looks for dead letters every 30 s; meanwhile the execution manager works. */
    @Test
    void inAShareGroupALongAssignmentHoldsUpNoneBehindItAndGivenUpAssignmentsAreCounted() throws Exception {
        Path events = Files.writeString(
                directory.resolve("events.csv"), "resource_group_id,job_id,session_id,task_indices\n1,5,1,0-20\n");
        try (EmbeddedServe scheduler =
                EmbeddedServe.start(directory, "dispatch.group.type=share", "dispatch.capacity=4")) {
            ServeProcess.Ready ready = scheduler.ready();
            String kafka = "kafka.bootstrap.servers=" + ready.kafka();
            String registry = "schema.registry.url=" + ready.registry();
            giveUp(ready, 4);
            CommandLineRun submit = CommandLineRun.of("submit", "--set", kafka, "--set", registry, events.toString());
            assertThat(submit.exitCode()).isZero();
            Path gate = directory.resolve("gate");
            try (CommandProcess worker = CommandProcess.start(
                    directory,
                    directory.resolve("work"),
                    "work",
                    "--share",
                    "--set",
                    kafka,
                    "--set",
                    registry,
                    "--parallel=2",
                    "--exec",
                    "sh -c 'test {task} -gt 0 || until test -e " + gate + "; do sleep 0.1; done'")) {
                worker.awaitOutput("working in share group yardmaster-ems, 2 at a time\n");
                worker.awaitOutput("done group=1 job=5 task=20 ");
                assertThat(worker.output()).doesNotContain("task=0 ");
                Files.createFile(gate);
                worker.awaitOutput("done group=1 job=5 task=0 ");
                assertThat(worker.stop()).isZero();
            }
            URI metrics = URI.create(ready.http() + "/metrics");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> text(metrics).contains("\nyardmaster_given_up_assignments 1.0\n"));
        }
    }

    private static void giveUp(ServeProcess.Ready at, long job) throws ExecutionException, InterruptedException {
        TopicNames topics = TopicNames.defaults();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", at.kafka()), new LongSerializer(), new ByteArraySerializer())) {
            producer.send(GivenUpLetter.of(topics.deadLetter(), topics.of(Topic.DISPATCH), job))
                    .get();
        }
    }

    private static String text(URI at) throws IOException {
        try (InputStream in = at.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
