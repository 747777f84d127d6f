package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.TaskFailedException;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with graphs, run by the Java client against a scheduler. */
class GraphIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long GROUP = 3;

    @TempDir
    Path directory;

    private final Queue<Assignment> ran = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> cancelled = new ConcurrentLinkedQueue<>();

    private static Stage stage(String name, int tasks, int attempts, String payload, String... after) {
        List<StageDependency> dependencies = List.of(after).stream()
                .map(before -> new StageDependency(before, false))
                .toList();
        ByteBuffer bytes = payload.isEmpty() ? Payload.NONE : ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8));
        return new Stage(
                name, tasks, dependencies, When.ALL, attempts, 50L, 0L, bytes, Map.of(), "", 0, Map.of(), false);
    }

    private static void submit(ServeProcess.Ready at, JobGraph graph) throws Exception {
        Map<String, String> registry = Map.of("schema.registry.url", at.registry());
        try (var serde = ValueSerdes.of(Topic.GRAPHS, registry);
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", at.kafka()), new LongSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(TopicNames.defaults().of(Topic.GRAPHS), graph.getJobId(), graph))
                    .get();
        }
    }

    private static JobGraph.Builder job(long id, Stage... stages) {
        return JobGraph.newBuilder()
                .setResourceGroupId(GROUP)
                .setJobId(id)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(stages));
    }

    private ExecutionManager worker(ServeProcess.Ready at) {
        return ExecutionManager.builder()
                .settings(Map.of("bootstrap.servers", at.kafka(), "schema.registry.url", at.registry()))
                .parallelism(8)
                .handler(this::handle)
                .start();
    }

    /** Task 3 of job 1 fails twice; of job 2, task 0 fails when another one runs, and the others wait to be killed. */
    private void handle(Assignment assignment, HandlerContext context) throws Exception {
        ran.add(assignment);
        if (assignment.kind() != TaskKind.TASK) {
            return;
        }
        if (assignment.jobId() == 1 && assignment.taskIndex() == 3 && assignment.attempt() < 2) {
            throw new TaskFailedException("flaky");
        }
        if (assignment.jobId() == 2 && assignment.taskIndex() == 0) {
            await().atMost(LIMIT)
                    .until(() -> ran.stream().anyMatch(other -> other.jobId() == 2 && other.taskIndex() == 1));
            throw new TaskFailedException("no space left");
        }
        if (assignment.jobId() == 2 && context.awaitCancelled(LIMIT)) {
            cancelled.add(assignment.taskIndex());
        }
    }

    private List<String> events(ServeProcess.Ready at, long job) {
        CommandLineRun events = CommandLineRun.of(
                "events", "--set=kafka.bootstrap.servers=" + at.kafka(), "--set=schema.registry.url=" + at.registry());
        assertThat(events.exitCode()).isZero();
        return events.stdout()
                .lines()
                .filter(line -> line.contains(" job " + job + " "))
                .map(line -> line.replaceFirst("^\\S+ ", ""))
                .toList();
    }

    private static List<String> status(ServeProcess.Ready at, long job) {
        CommandLineRun status = CommandLineRun.of("status", Long.toString(job), "--once", "--url", at.http());
        assertThat(status.exitCode()).as(status.stderr()).isZero();
        return status.stdout().lines().toList();
    }

    private void awaitEvent(ServeProcess.Ready at, long job, String event) {
        await().atMost(LIMIT).until(() -> events(at, job).stream().anyMatch(line -> line.contains(event)));
    }

    @Test
    void aGraphRunsFromOneRecordToItsEndAndAFailureStopsWhatRuns() throws Exception {
        try (EmbeddedServe serve = EmbeddedServe.start(directory);
                ExecutionManager worker = worker(serve.ready())) {
            ServeProcess.Ready ready = serve.ready();
            assertThat(worker.stopped().toCompletableFuture()).isNotDone();
            submit(
                    ready,
                    job(
                                    1,
                                    stage("prepare", 1, 1, ""),
                                    stage("work", 4, 3, "frame", "prepare"),
                                    stage("collect", 1, 1, "", "work"))
                            .setCommit(true)
                            .build());
            awaitEvent(ready, 1, "succeeded");
            List<Assignment> first = List.copyOf(ran);
            assertThat(first)
                    .extracting(Assignment::kind, Assignment::taskIndex, Assignment::attempt)
                    .containsExactlyInAnyOrder(
                            tuple(TaskKind.TASK, 0, 0),
                            tuple(TaskKind.TASK, 1, 0),
                            tuple(TaskKind.TASK, 2, 0),
                            tuple(TaskKind.TASK, 3, 0),
                            tuple(TaskKind.TASK, 3, 1),
                            tuple(TaskKind.TASK, 3, 2),
                            tuple(TaskKind.TASK, 4, 0),
                            tuple(TaskKind.TASK, 5, 0),
                            tuple(TaskKind.COMMIT, -1, 0));
            assertThat(first).allSatisfy(assignment -> assertThat(
                            StandardCharsets.UTF_8.decode(assignment.payload()).toString())
                    .isEqualTo(assignment.taskIndex() >= 1 && assignment.taskIndex() <= 4 ? "frame" : ""));

            submit(
                    ready,
                    job(2, stage("work", 3, 1, ""), stage("never", 2, 1, "", "work"))
                            .setCleanup(true)
                            .build());
            awaitEvent(ready, 2, "failed");
            await().atMost(LIMIT).until(() -> ran.stream()
                    .anyMatch(other -> other.jobId() == 2 && other.kind() == TaskKind.CLEANUP));
            await().atMost(LIMIT).until(() -> cancelled.contains(1));
            assertThat(events(ready, 2)).anyMatch(line -> line.contains("failed") && line.contains("no space left"));
            assertThat(ran).noneMatch(other -> other.jobId() == 2 && other.taskIndex() >= 3);
            // Once, a shard may take too long to say what it has.
            await().atMost(LIMIT).untilAsserted(() -> assertThat(status(ready, 1))
                    .anyMatch(line -> line.startsWith("graph    succeeded, 0 of 3 stages not ended"))
                    .anyMatch(line -> line.matches("work +succeeded +4 of 4  succeeded"))
                    .noneMatch(line -> line.contains("flaky")));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(status(ready, 2))
                    .contains("failure  task 0 of stage work failed: no space left")
                    .contains("task 0 of work failed in attempt 1: no space left")
                    .anyMatch(line -> line.matches("never +killed +0 of 2  killed because the job has failed")));

            submit(
                    ready,
                    job(3, stage("a", 1, 1, "", "b"), stage("b", 1, 1, "", "a")).build());
            awaitEvent(ready, 3, "refused");
        }
    }
}
