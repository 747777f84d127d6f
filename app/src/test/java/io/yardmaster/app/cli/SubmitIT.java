package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Submissions that cannot go as their user meant, with a scheduler and an execution manager that run. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SubmitIT {
    private static final String FLEET = "yardmaster-ems";
    private static final int TASKS = 6;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    private static ServeProcess scheduler;
    private static ServeProcess.Ready ready;
    private static CommandProcess worker;
    private static Path chain;

    @BeforeAll
    static void start() throws IOException {
        scheduler = ServeProcess.start(
                directory, "--embedded", "--data=data", "--port=0", "--set", "http.listen=127.0.0.1:0");
        ready = scheduler.awaitReady();
        chain = Files.writeString(directory.resolve("chain of tasks.json"), chain());
        worker = CommandProcess.start(
                directory, directory.resolve("work"), arguments("work", "--sleep=0.3", "--parallel=4"));
        worker.awaitOutput("working in consumer group");
    }

    @AfterAll
    static void stop() {
        worker.close();
        scheduler.close();
    }

    @Test
    void aJobIdThatIsInUseIsOneLineWithTheReasonAndHoldsUpNoOtherJob() throws Exception {
        assertThat(submit("--job=70").exitCode()).isZero();
        CommandLineRun again = submit("--job=70");
        assertThat(again.stderr())
                .matches("yardmaster: the scheduler refuses job 70: job 70 is known already, of resource group 1 in "
                        + "session \\d+, and nothing of it waits\n");
        assertThat(again.exitCode()).isEqualTo(1);

        CommandLineRun wide = CommandLineRun.of(arguments("submit", "--job=70", wide().toString()));
        assertThat(wide.exitCode())
                .as("so wide that its first tasks do not fit in one event")
                .isEqualTo(1);

        CommandLineRun otherGroup = submit("--job=69", "--resource-group=2", chain.toString());
        assertThat(otherGroup.stderr())
                .startsWith("yardmaster: the scheduler refuses job 70: job 70 is known already, of resource group 1 ")
                .hasLineCount(1);
        assertThat(otherGroup.stdout()).contains("job 69 is done").doesNotContain("job 70 is done");
        assertThat(otherGroup.exitCode()).isEqualTo(1);
        assertThat(doneTasks(70)).as("its tasks are not mixed with others").hasSize(TASKS + 1);
    }

    @Test
    void aSessionThatIsRaisedMeanwhileIsOneLineWithTheReason() throws Exception {
        try (CommandProcess submit = start("--job=80")) {
            worker.awaitOutput("job=80 task=0 ");
            Path newer = Files.writeString(
                    directory.resolve("newer.csv"), "resource_group_id,job_id,session_id,task_index\n1,81,50,0\n");
            assertThat(CommandLineRun.of(arguments("submit", newer.toString())).exitCode())
                    .isZero();
            assertThat(submit.awaitExit()).isEqualTo(1);
            assertThat(submit.output().lines().filter(line -> line.startsWith("yardmaster: ")))
                    .singleElement()
                    .asString()
                    .contains("is over, as session 50 has begun");
        }
        CommandLineRun old = submit("--job=82", "--session=49");
        assertThat(old.stderr())
                .isEqualTo("yardmaster: --session=49: is over, as session 50 has begun; nothing was sent\n");
        assertThat(old.exitCode()).isEqualTo(1);
    }

    @Test
    void afterCtrlCTheCommandThatIsPrintedGoesOnWithoutRunningAnythingTwice() throws Exception {
        interruptAfterTask(90, 1);
        assertResumed(90);
        assertThat(doneTasks(90)).hasSize(TASKS + 1).doesNotHaveDuplicates();
        // Once more, when it is done.
        assertResumed(90);
        assertThat(doneTasks(90)).hasSize(TASKS + 1);
    }

    @Test
    void itGoesOnAlsoIfTakenAssignmentsAreNoLongerInTheTopic() throws Exception {
        interruptAfterTask(95, 2);
        await().atMost(LONG).until(() -> deleteWhatWasTaken());
        assertResumed(95);
        assertThat(doneTasks(95)).hasSize(TASKS + 1).doesNotHaveDuplicates();
    }

    @Test
    void aJobThatCannotBeResumedIsOneLine() throws Exception {
        CommandLineRun unknown = submit("--job=97", "--resume");
        assertThat(unknown.stderr())
                .matches("yardmaster: the scheduler refuses job 97: job 97 is not known in session \\d+\n");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(submit("--job=98").exitCode()).isZero();
        assertThat(CommandLineRun.of(arguments("submit", "--resume", chain.toString())))
                .matches(run -> run.exitCode() == 2 && run.stderr().contains("--resume: needs --job"));
    }

    /** Ids made of the time would follow each other, so that submissions at the same time would share some. */
    @Test
    void jobsThatNobodyNumbersGetIdsThatAreFarApart() throws Exception {
        long first = idOfUnnumbered();
        assertThat(Math.abs(first - idOfUnnumbered())).isGreaterThan(1_000_000);
    }

    private static long idOfUnnumbered() throws IOException {
        String task = "{\"id\": \"t\", \"name\": \"t\", \"parents\": []}";
        Path one = Files.writeString(directory.resolve("one.json"), workflow("one", task));
        String said = CommandLineRun.of(arguments("submit", one.toString())).stdout();
        Matcher job = Pattern.compile("job (\\d+) is one: 1 tasks").matcher(said);
        assertThat(job.find()).as(said).isTrue();
        return Long.parseLong(job.group(1));
    }

    private static void interruptAfterTask(long job, int task) throws Exception {
        try (CommandProcess submit = start("--job=" + job)) {
            worker.awaitOutput("done group=1 job=" + job + " task=" + task + " ");
            assertThat(submit.stop()).isEqualTo(143);
            assertThat(submit.output())
                    .contains("job " + job + " is not done; to go on: yardmaster submit --resume --job=" + job
                            + " --resource-group=1 '" + chain + "' (and the same settings)");
        }
    }

    private static void assertResumed(long job) {
        CommandLineRun resumed = submit("--job=" + job, "--resume");
        assertThat(resumed.stderr()).isEmpty();
        assertThat(resumed.stdout()).contains("job " + job + " is done: " + TASKS + " tasks");
        assertThat(resumed.exitCode()).isZero();
    }

    /** Returns whether the topic has nothing else. */
    private static boolean deleteWhatWasTaken() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ready.kafka()))) {
            Map<TopicPartition, OffsetAndMetadata> taken = admin.listConsumerGroupOffsets(FLEET)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            taken.forEach((partition, offset) -> {
                deleted.put(partition, RecordsToDelete.beforeOffset(offset.offset()));
                ends.put(partition, OffsetSpec.latest());
            });
            admin.deleteRecords(deleted).all().get();
            // A group's offset may rest before a transaction's marker.
            return admin.listOffsets(ends).all().get().entrySet().stream()
                    .allMatch(end ->
                            end.getValue().offset() - taken.get(end.getKey()).offset() <= 1);
        }
    }

    private static List<String> doneTasks(long job) {
        return worker.output()
                .lines()
                .filter(line -> line.startsWith("done group=1 job=" + job + " "))
                .map(line -> line.replaceAll(" assignment=.*", ""))
                .toList();
    }

    private static CommandLineRun submit(String... options) {
        return CommandLineRun.of(submitted(options));
    }

    private static CommandProcess start(String... options) throws IOException {
        return CommandProcess.start(directory, Files.createTempFile(directory, "submit", ".out"), submitted(options));
    }

    private static String[] submitted(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(chain.toString());
        return arguments("submit", all.toArray(String[]::new));
    }

    private static String[] arguments(String command, String... more) {
        return Stream.concat(
                        Stream.of(
                                command,
                                "--set=kafka.bootstrap.servers=" + ready.kafka(),
                                "--set=schema.registry.url=" + ready.registry()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static Path wide() throws IOException {
        String tasks = IntStream.rangeClosed(0, 10_000)
                .mapToObj(task -> "{\"id\": \"w%d\", \"name\": \"w%d\", \"parents\": []}".formatted(task, task))
                .collect(Collectors.joining(", "));
        return Files.writeString(directory.resolve("wide.json"), workflow("wide", tasks));
    }

    /** A workflow in which each task waits for the one before it. */
    private static String chain() {
        String tasks = IntStream.range(0, TASKS)
                .mapToObj(task -> "{\"id\": \"t%d\", \"name\": \"t%d\", \"parents\": [%s]}"
                        .formatted(task, task, task == 0 ? "" : "\"t" + (task - 1) + "\""))
                .collect(Collectors.joining(", "));
        return workflow("chain", tasks);
    }

    private static String workflow(String name, String tasks) {
        return "{\"name\": \"%s\", \"schemaVersion\": \"1.5\", \"workflow\": {\"specification\": {\"tasks\": [%s]}}}"
                .formatted(name, tasks);
    }
}
