package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.work.StageCommand;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.testkafka.MountedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in YAML, with execution managers as users run them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SubmitJobFileIT {
    @TempDir
    static Path directory;

    private static EmbeddedServe scheduler;
    private static ServeProcess.Ready ready;

    @BeforeAll
    static void start() {
        scheduler = EmbeddedServe.start(directory);
        ready = scheduler.ready();
    }

    @AfterAll
    static void stop() {
        scheduler.close();
    }

    @Test
    void aJobRunsToItsEndAndItsAssignmentsCarryTheCommandsOfTheirStages() throws Exception {
        Path nightly = file(
                "nightly.yaml",
                """
                job: nightly
                group: 7
                stages:
                  split:   { run: ./split.sh }
                  render:  { tasks: 20, after: split, run: "./render.sh {index}", attempts: 3, timeout: 10m }
                  check:   { tasks: 20, after: { stage: render, each: true }, run: "./check.sh {index}" }
                  publish: { after: check }
                """);
        // The first attempts of task 4 of render fail.
        String script = "test {job}-{task} != 21-5 || test {attempt} -ge 2";
        try (CommandProcess worker =
                worker("nightly", "--parallel=8", "--tries=1", "--exec", "sh -c '" + script + "'")) {
            CommandLineRun submit = submit("--job=21", nightly.toString());

            assertThat(submit.stderr()).isEmpty();
            assertThat(submit.stdout())
                    .startsWith("job 21 is nightly: 42 tasks, resource group 7\n")
                    .containsPattern(
                            "\njob 21 is done: 42 tasks in .*\n  stage +tasks +succeeded +failed +killed +time\n")
                    .containsPattern("\n  split +1 +1 +0 +0 +[\\d.]+ s\n")
                    .containsPattern("\n  render +20 +20 +0 +0 +[\\d.]+ s\n")
                    .containsPattern("\n  check +20 +20 +0 +0 +[\\d.]+ s\n")
                    .containsPattern("\n  publish +1 +1 +0 +0 +[\\d.]+ s\n$");
            assertThat(submit.exitCode()).isZero();

            CommandLineRun followed = submit("--follow=21");
            assertThat(followed.stderr()).isEmpty();
            assertThat(followed.stdout())
                    .startsWith("job 21 is nightly: 42 tasks\n")
                    .contains("split 1/1, render 20/20 (2 failed), check 20/20, publish 1/1\n")
                    .containsPattern("\n  render +20 +20 +0 +0 +[\\d.]+ s\n");
            assertThat(worker.stop()).isZero();
        }
        Map<Integer, byte[]> payloads = payloads(21);
        assertThat(payloads).hasSize(42);
        assertThat(StageCommand.of(payloads.get(0))).isEqualTo(new StageCommand("split", 0, 1, "./split.sh"));
        assertThat(StageCommand.of(payloads.get(7)))
                .isEqualTo(new StageCommand("render", 1, 20, "./render.sh {index}"));
        assertThat(StageCommand.of(payloads.get(40)))
                .isEqualTo(new StageCommand("check", 21, 20, "./check.sh {index}"));
        assertThat(payloads.get(41)).as("no command").isEmpty();
    }

    @Test
    void aTaskThatFailsForGoodIsInTheTableWithItsReason() throws Exception {
        Path failing = file(
                "failing.yaml",
                """
                job: failing
                on_failure: continue
                stages:
                  work:  { tasks: 5 }
                  pair:  { tasks: 5, after: { stage: work, each: true } }
                  never: { tasks: 3, after: pair }
                  report: { after: never, when: ended }
                """);
        try (CommandProcess worker = worker("failing", "--exec", "sh -c 'test {task} != 2'")) {
            CommandLineRun submit = submit("--job=31", failing.toString());

            assertThat(submit.stderr())
                    .isEqualTo("yardmaster: job 31 fails: task 2 of stage work failed: sh ended with exit code 1\n");
            assertThat(submit.stdout())
                    .contains("job 31 is failing: 14 tasks, resource group 1\n")
                    .containsPattern("\njob 31 has failed: 9 of 14 tasks done in ")
                    .containsPattern("\n  work +5 +4 +1 +0 +[\\d.]+ s  task 2: sh ended with exit code 1\n")
                    .containsPattern("\n  pair +5 +4 +0 +1 +[\\d.]+ s\n")
                    .containsPattern("\n  never +3 +0 +0 +3 +-\n")
                    .containsPattern("\n  report +1 +1 +0 +0 +[\\d.]+ s\n");
            assertThat(submit.exitCode()).isEqualTo(1);
            assertThat(worker.stop()).isZero();
        }
    }

    /** The other worker takes the tasks that the first one fails or refuses; each is tried a second time. */
    @Test
    void outputThatFillsTheDiskOfAWorkerIsOneLineForEachTaskAndTheJobSucceedsOnAnother() throws Exception {
        Path verbose = file(
                "verbose.yaml",
                "job: verbose\nstages: {talk: {tasks: 12, attempts: 2, run: \"head -c 4000000 /dev/zero\"}}\n");
        Path small = directory.resolve("small");
        try (MountedDisk disk = MountedDisk.mountOrSkip(small, 3);
                CommandProcess narrow = worker("narrow", "--run", "--parallel=1", "--output=" + small)) {
            CommandProcess submit = CommandProcess.start(
                    directory,
                    directory.resolve("verbose.out"),
                    ready.arguments("submit", "--job=51", verbose.toString()));
            narrow.awaitOutput("refused group=1 job=51");
            try (CommandProcess wide = worker("wide", "--run", "--output=" + directory.resolve("roomy"))) {
                assertThat(submit.awaitExit()).as(submit.output()).isZero();
                assertThat(submit.output()).containsPattern("\n  talk +12 +12 +0 +0 +[\\d.]+ s\n");
                assertThat(wide.stop()).isZero();
            }
            assertThat(narrow.stop()).isZero();
            assertThat(narrow.output().lines().filter(line -> line.startsWith("failed group=1 job=51 ")))
                    .singleElement()
                    .asString()
                    .contains("exit code 0, but its output could not be kept: No space left on device");
            assertThat(disk.directory().resolve("51")).exists();
        }
    }

    @Test
    void theGroupOfTheCommandLineCountsMoreThanTheFiles() throws Exception {
        Path grouped = file("grouped.yaml", "job: grouped\ngroup: 7\nstages: {a: }\n");
        CommandLineRun submit = submit("--job=41", "--detach", "--resource-group=9", grouped.toString());
        assertThat(submit.stderr()).isEmpty();
        assertThat(submit.stdout())
                .contains("job 41 is grouped: 1 tasks, resource group 9\n")
                .contains("job 41 goes on by itself; to follow it: yardmaster submit --follow=41 " + grouped);
        assertThat(submit.exitCode()).isZero();
    }

    private static Map<Integer, byte[]> payloads(long job) throws IOException {
        Map<String, Object> reading = Map.of(
                "bootstrap.servers",
                ready.kafka(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        String dispatch = TopicNames.defaults().of(Topic.DISPATCH);
        Map<Integer, byte[]> payloads = new TreeMap<>();
        try (var serde = ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", ready.registry()));
                var reader = new KafkaConsumer<>(reading, new LongDeserializer(), serde.deserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(dispatch).stream()
                    .map(info -> new TopicPartition(dispatch, info.partition()))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<Long, TaskAssignment> record : reader.poll(Duration.ofMillis(100))) {
                    if (record.key() == job) {
                        byte[] payload = new byte[record.value().getPayload().remaining()];
                        record.value().getPayload().duplicate().get(payload);
                        payloads.put(record.value().getTaskIndex(), payload);
                    }
                }
            }
        }
        return payloads;
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static CommandProcess worker(String name, String... options) throws IOException {
        CommandProcess worker =
                CommandProcess.start(directory, directory.resolve(name + ".out"), ready.arguments("work", options));
        worker.awaitOutput("working in consumer group");
        return worker;
    }

    private static CommandLineRun submit(String... options) {
        return CommandLineRun.of(ready.arguments("submit", options));
    }
}
