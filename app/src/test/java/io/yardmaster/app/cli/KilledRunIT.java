package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.embedded.connect.FreePort;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand commands of a job in YAML, in the middle of which a worker dies, and then broker, registry and scheduler. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class KilledRunIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TASKS = 1000;
    /** The commands behind these wait for the kills, so that a test that is late with one is in the middle all the same. */
    private static final int FREE = 800;

    private static final long JOB = 9;

    @TempDir
    Path directory;

    private List<String> settings;

    @Test
    void G6_afterKill9OfAWorkerAndOfTheSchedulerEachCommandHasSucceededOnce() throws Exception {
        Path ran = directory.resolve("ran");
        Path killed = directory.resolve("killed");
        Path job = Files.writeString(
                directory.resolve("thousand.yaml"),
                """
                job: thousand
                stages:
                  begin: { run: "touch %1$s" }
                  many:  { tasks: %2$d, after: begin, run: "until [ {index} -lt %3$d ] || [ -e %4$s ] || [ ! -e %1$s ]; do sleep 0.1; done; echo {index} >>%1$s; sleep 0.02" }
                  end:   { after: many, run: "sort -u %1$s | wc -l" }
                """
                        .formatted(ran, TASKS, FREE, killed));
        String[] serve = {
            "--embedded",
            "--data=data",
            "--port=" + FreePort.find(),
            "--set=http.listen=127.0.0.1:" + FreePort.find(),
            "--set=dispatch.capacity=32",
            "--set=events=tasks"
        };
        CommandProcess second;
        try (ServeProcess scheduler = ServeProcess.start(directory, serve)) {
            ServeProcess.Ready ready = scheduler.awaitReady();
            settings = List.of(
                    "--set=kafka.bootstrap.servers=" + ready.kafka(), "--set=schema.registry.url=" + ready.registry());
            try (CommandProcess first = worker("first")) {
                CommandLineRun submit = submit("--detach", "--job=" + JOB, job.toString());
                assertThat(submit.exitCode()).as(submit.stderr()).isZero();
                awaitRuns(ran, TASKS / 5);
                first.kill9();
            }
            second = worker("second");
            awaitRuns(ran, TASKS / 2);
            scheduler.kill9();
        }
        assertThat(runs(ran)).as("in the middle").isLessThan(TASKS);
        Files.createFile(killed);
        try (CommandProcess worker = second;
                ServeProcess scheduler = ServeProcess.start(directory, serve)) {
            ServeProcess.Ready ready = scheduler.awaitReady();

            CommandLineRun followed = submit("--follow=" + JOB, job.toString());

            assertThat(followed.exitCode())
                    .as(followed.stdout() + followed.stderr() + worker.output())
                    .isZero();
            List<JobEvent> events = events(ready);
            assertThat(succeeded(events))
                    .as("a success of each task, and no other")
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, TASKS + 2).boxed().toList());
            assertThat(events.stream().map(JobEvent::getWhat))
                    .doesNotContain(JobEventKind.TASKS_FAILED, JobEventKind.JOB_FAILED)
                    .containsOnlyOnce(JobEventKind.JOB_SUCCEEDED);
            assertThat(directory.resolve("kept/" + JOB + "/end/0.0.out")).hasContent(String.valueOf(TASKS));
            assertThat(worker.stop()).isZero();
        }
    }

    private CommandProcess worker(String name) throws IOException {
        CommandProcess worker = CommandProcess.start(
                directory,
                directory.resolve(name + ".log"),
                arguments("work", "--run", "--parallel=8", "--output=" + directory.resolve("kept")));
        worker.awaitOutput("working in");
        return worker;
    }

    private static void awaitRuns(Path ran, int wanted) {
        await().atMost(PATIENCE).until(() -> runs(ran) >= wanted);
    }

    private static long runs(Path ran) {
        try (Stream<String> lines = Files.exists(ran) ? Files.lines(ran) : Stream.empty()) {
            return lines.distinct().count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> succeeded(List<JobEvent> events) {
        return events.stream()
                .filter(event -> event.getWhat() == JobEventKind.TASKS_SUCCEEDED)
                .flatMap(event -> IntStream.range(event.getFirstTask(), event.getFirstTask() + (int) event.getTasks())
                        .boxed())
                .toList();
    }

    private static List<JobEvent> events(ServeProcess.Ready at) {
        try (var serde = ValueSerdes.of(Topic.EVENTS, Map.of("schema.registry.url", at.registry()));
                var reader = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", at.kafka(), "isolation.level", "read_committed"),
                        new LongDeserializer(),
                        serde.deserializer())) {
            List<TopicPartition> partitions = reader
                    .partitionsFor(TopicNames.defaults().of(Topic.EVENTS))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            List<JobEvent> all = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                reader.poll(Duration.ofMillis(100)).forEach(polled -> all.add(polled.value()));
            }
            return all.stream().filter(event -> event.getJobId() == JOB).toList();
        }
    }

    private CommandLineRun submit(String... options) {
        return CommandLineRun.of(arguments("submit", options));
    }

    private String[] arguments(String command, String... more) {
        return Stream.of(Stream.of(command), settings.stream(), Stream.of(more))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }
}
