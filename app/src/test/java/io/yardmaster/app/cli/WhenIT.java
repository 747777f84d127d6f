package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status JOB --when} against a scheduler. */
class WhenIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    @TempDir
    Path directory;

    private final Semaphore mayEnd = new Semaphore(0);

    private static Stage stage(String name, int tasks, String... after) {
        List<StageDependency> dependencies = List.of(after).stream()
                .map(before -> new StageDependency(before, false))
                .toList();
        return new Stage(
                name, tasks, dependencies, When.ALL, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
    }

    private static void submit(ServeProcess.Ready at, long id, int priority, Stage... stages) throws Exception {
        JobGraph graph = JobGraph.newBuilder()
                .setResourceGroupId(3)
                .setJobId(id)
                .setPriority(priority)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(stages))
                .build();
        try (var serde = ValueSerdes.of(Topic.GRAPHS, Map.of("schema.registry.url", at.registry()));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", at.kafka()), new LongSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(TopicNames.defaults().of(Topic.GRAPHS), id, graph))
                    .get();
        }
    }

    private void handle(Assignment assignment, HandlerContext context) throws InterruptedException {
        mayEnd.acquire();
    }

    private static CommandLineRun when(ServeProcess.Ready at, long job, String... more) {
        String[] words = new String[5 + more.length];
        List<String> first = List.of("status", Long.toString(job), "--when", "--url", at.http());
        for (int i = 0; i < words.length; i++) {
            words[i] = i < first.size() ? first.get(i) : more[i - first.size()];
        }
        return CommandLineRun.of(words);
    }

    private static void refuses(ServeProcess.Ready at, long job, String why) {
        await().atMost(LIMIT).untilAsserted(() -> {
            CommandLineRun run = when(at, job);
            assertThat(run.stderr().lines().toList()).singleElement().asString().contains(why);
            assertThat(run.exitCode()).isNotZero();
        });
    }

    @Test
    void anEstimateNamesWhatTheStartDependsOnOrSaysInOneLineWhyThereIsNone() throws Exception {
        try (EmbeddedServe serve = EmbeddedServe.start(directory, "dispatch.capacity=1")) {
            ServeProcess.Ready ready = serve.ready();
            submit(ready, FIRST, 5, stage("work", 3));
            refuses(ready, FIRST, "job 1 has started");
            submit(ready, SECOND, 0, stage("a", 1), stage("b", 2, "a"));
            refuses(ready, SECOND, "job 2 cannot start as things are: no execution manager is in group");
            refuses(ready, 99, "job 99 is not known");

            try (ExecutionManager worker = ExecutionManager.builder()
                    .settings(Map.of("bootstrap.servers", ready.kafka(), "schema.registry.url", ready.registry()))
                    .parallelism(1)
                    .handler(this::handle)
                    .start()) {
                assertThat(worker.stopped().toCompletableFuture()).isNotDone();
                await().atMost(LIMIT).untilAsserted(() -> {
                    CommandLineRun run = when(ready, SECOND, "--slots", "1");
                    assertThat(run.exitCode()).as(run.stderr()).isZero();
                    assertThat(run.stdout().lines())
                            .anyMatch(line -> line.startsWith("job 2  It starts in about "))
                            .contains(
                                    "depends on: 2 tasks of 1 other job start before it, 1 of these jobs with a higher priority",
                                    "depends on: 1 task of the default pool runs now, on 1 slot")
                            .anyMatch(line -> line.matches("stage b: in about .*, after a"))
                            .anyMatch(line ->
                                    line.startsWith("note: no task like those of stages a, b has ended lately"));
                });
                await().atMost(LIMIT).untilAsserted(() -> {
                    CommandLineRun run = when(ready, SECOND, "--json");
                    assertThat(run.exitCode()).as(run.stderr()).isZero();
                    JsonNode json = new ObjectMapper().readTree(run.stdout());
                    assertThat(json.path("job").asText()).isEqualTo("2");
                    assertThat(json.path("start").path("p10_ms").asLong())
                            .isLessThanOrEqualTo(
                                    json.path("start").path("p90_ms").asLong());
                    assertThat(json.path("notes").toString()).contains("1 slot is assumed");
                });

                mayEnd.release(100);
                refuses(ready, SECOND, "job 2 has ended");
            }
        }
    }
}
