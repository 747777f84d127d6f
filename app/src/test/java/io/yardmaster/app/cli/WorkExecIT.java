package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.work.ProcessTree;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code work --exec} in a JVM of its own, with commands that start others and heed no SIGTERM. */
class WorkExecIT {
    @TempDir
    Path directory;

    @Test
    void noProcessOutlivesItsSessionOrAKillOrTheExecutionManager() throws Exception {
        ProcessTree tree = new ProcessTree(directory, false);
        try (ServeProcess scheduler = ServeProcess.start(
                directory, "--embedded", "--data=data", "--port=0", "--set", "http.listen=127.0.0.1:0")) {
            ServeProcess.Ready ready = scheduler.awaitReady();
            List<String> settings = List.of(
                    "--set=kafka.bootstrap.servers=" + ready.kafka(), "--set=schema.registry.url=" + ready.registry());
            List<String> work = new ArrayList<>(List.of("work", "--grace=1", "--exec", tree.commandLine()));
            work.addAll(settings);
            try (CommandProcess worker =
                    CommandProcess.start(directory, directory.resolve("work"), work.toArray(String[]::new))) {
                worker.awaitOutput("working in");
                submit(settings, 1);
                tree.awaitRuns(1);
                List<Long> first = tree.pids();
                submit(settings, 2);
                tree.awaitRuns(2);
                assertThat(tree.running())
                        .as("the task of the new session begins when nothing of the old one runs")
                        .hasSize(first.size())
                        .doesNotContainAnyElementsOf(first);

                kill(ready, 2);
                worker.awaitOutput("killed by");
                assertThat(tree.running()).isEmpty();
                assertThat(worker.output())
                        .containsPattern("\ndropped group=1 job=5 task=0 attempt=0 assignment=\\d+ session=2: "
                                + "killed by ann: wrong\\\\u000ainput\n");

                submit(settings, 3);
                tree.awaitRuns(3);
                assertThat(worker.stop()).isZero();
                assertThat(tree.running()).isEmpty();
            } finally {
                tree.destroy();
            }
        }
    }

    @Test
    void O7_theExitCodeOfACommandIsTheOutcomeUnlessNoneAreWanted() throws Exception {
        try (EmbeddedServe scheduler = EmbeddedServe.start(directory)) {
            ServeProcess.Ready ready = scheduler.ready();
            List<String> settings = List.of(
                    "--set=kafka.bootstrap.servers=" + ready.kafka(), "--set=schema.registry.url=" + ready.registry());
            List<String> work = new ArrayList<>(List.of("work", "--tries=1", "--exec", "sh -c 'exit {task}'"));
            work.addAll(settings);
            try (CommandProcess worker =
                    CommandProcess.start(directory, directory.resolve("work"), work.toArray(String[]::new))) {
                worker.awaitOutput("working in");
                submit(settings, 1, 0);
                submit(settings, 1, 3);
                submit(settings, 1, 75);
                worker.awaitOutput("done group=1 job=5 task=0 ");
                worker.awaitOutput("failed group=1 job=5 task=3 ");
                worker.awaitOutput("refused group=1 job=5 task=75 ");
                assertThat(worker.stop()).isZero();
            }
            assertThat(outcomes(ready))
                    .contains(
                            "0 SUCCEEDED ",
                            "3 FAILED sh ended with exit code 3",
                            "75 REFUSED sh ended with exit code 75");

            work.add("--no-outcomes");
            try (CommandProcess silent =
                    CommandProcess.start(directory, directory.resolve("silent"), work.toArray(String[]::new))) {
                silent.awaitOutput("working in");
                submit(settings, 1, 4);
                silent.awaitOutput("failed group=1 job=5 task=4 ");
                assertThat(silent.stop()).isZero();
            }
            assertThat(outcomes(ready)).noneMatch(outcome -> outcome.startsWith("4 "));
        }
    }

    @Test
    void aCommandThatTheLocaleCannotPassOnIsRefused() throws Exception {
        ProcessBuilder work = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -cp \"$1\" io.yardmaster.app.Yardmaster work --exec \"$(printf 'echo gr\\303\\266\\303\\237e')\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ServeProcess.classPath());
        work.environment().put("LC_ALL", "C");
        try (CommandProcess refused = CommandProcess.start(work, directory.resolve("refused"))) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.output())
                    .hasLineCount(1)
                    .startsWith("yardmaster: an argument holds characters that the locale of this process (");
        }
    }

    /** As the scheduler does when somebody cancels the job. */
    private static void kill(ServeProcess.Ready at, long session) throws Exception {
        try (var serde = ValueSerdes.of(Topic.KILLS, Map.of("schema.registry.url", at.registry()));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", at.kafka()), new LongSerializer(), serde.serializer())) {
            Kill kill = new Kill(5L, -1L, session, "wrong\ninput", "ann", -1L, -1, 0);
            producer.send(new ProducerRecord<>(TopicNames.defaults().of(Topic.KILLS), kill.getJobId(), kill))
                    .get();
        }
    }

    /** Index, result and reason of each. */
    private static List<String> outcomes(ServeProcess.Ready at) {
        try (var serde = ValueSerdes.of(Topic.OUTCOMES, Map.of("schema.registry.url", at.registry()));
                var reader = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", at.kafka()), new LongDeserializer(), serde.deserializer())) {
            List<TopicPartition> partitions = reader
                    .partitionsFor(TopicNames.defaults().of(Topic.OUTCOMES))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            List<String> all = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                reader.poll(Duration.ofMillis(100)).forEach(polled -> {
                    TaskOutcome outcome = polled.value();
                    all.add(outcome.getTaskIndex() + " " + outcome.getResult() + " " + outcome.getReason());
                });
            }
            return all;
        }
    }

    private void submit(List<String> settings, int session) throws Exception {
        submit(settings, session, 0);
    }

    private void submit(List<String> settings, int session, int task) throws Exception {
        Path events = Files.writeString(
                directory.resolve("session" + session + ".csv"),
                "resource_group_id,job_id,session_id,task_index\n1,5," + session + "," + task + "\n");
        List<String> submit = new ArrayList<>(List.of("submit", events.toString()));
        submit.addAll(settings);
        assertThat(CommandLineRun.of(submit.toArray(String[]::new)).exitCode()).isZero();
    }
}
