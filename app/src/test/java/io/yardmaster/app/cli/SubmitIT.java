package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
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
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Submissions that cannot go as their user meant, with a scheduler and an execution manager that run. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SubmitIT {
    private static final int TASKS = 6;

    @TempDir
    static Path directory;

    private static EmbeddedServe scheduler;
    private static ServeProcess.Ready ready;
    private static CommandProcess worker;
    private static Path chain;

    @BeforeAll
    static void start() throws IOException {
        scheduler = EmbeddedServe.start(directory);
        ready = scheduler.ready();
        chain = Files.writeString(directory.resolve("chain of tasks.json"), chain());
        worker = CommandProcess.start(
                directory, directory.resolve("work"), arguments("work", "--sleep=0.2", "--parallel=64"));
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

        CommandLineRun detached = submit("--job=70", "--detach");
        assertThat(detached.stderr()).isEqualTo(again.stderr());
        assertThat(detached.exitCode()).isEqualTo(1);

        CommandLineRun otherGroup = submit("--job=69", "--resource-group=2", chain.toString());
        assertThat(otherGroup.stderr())
                .startsWith("yardmaster: the scheduler refuses job 70: job 70 is known already, of resource group 1 ")
                .hasLineCount(1);
        assertThat(otherGroup.stdout()).contains("job 69 is done").doesNotContain("job 70 is done");
        assertThat(otherGroup.exitCode()).isEqualTo(1);
        assertThat(doneTasks(70)).as("its tasks are not mixed with others").hasSize(TASKS + 1);
    }

    @Test
    void aGraphInSeveralPartsRunsToItsEnd() throws Exception {
        CommandLineRun large = CommandLineRun.of(arguments("submit", "--job=75", large().toString()));

        assertThat(large.stderr()).isEmpty();
        assertThat(large.stdout()).contains("job 75 is large: 3000 tasks").contains("job 75 is done: 3000 tasks in ");
        assertThat(large.exitCode()).isZero();
        assertThat(doneTasks(75)).hasSize(3_001).doesNotHaveDuplicates();
        assertThat(partsSent(75)).isGreaterThan(1);
    }

    /** One part of it came from somebody else before. */
    @Test
    void aGraphThatTheSchedulerRefusesIsOneLineWithTheReason() throws Exception {
        sendFirstPart(76);
        CommandLineRun refused = submit("--job=76");
        assertThat(refused.stderr())
                .isEqualTo(
                        "yardmaster: the scheduler refuses job 76: part 0 says that the graph has 1 parts in group 1,"
                                + " not 2 in group 1\n");
        assertThat(refused.stdout()).doesNotContain("job 76 is done");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(doneTasks(76)).isEmpty();
    }

    @Test
    void aNewerSessionDoesNotEndAJob() throws Exception {
        try (CommandProcess submit = start("--job=80")) {
            worker.awaitOutput("job=80 task=0 ");
            Path newer = Files.writeString(
                    directory.resolve("newer.csv"), "resource_group_id,job_id,session_id,task_index\n1,81,50,0\n");
            assertThat(CommandLineRun.of(arguments("submit", newer.toString())).exitCode())
                    .isZero();
            assertThat(submit.awaitExit()).isZero();
            assertThat(submit.output()).contains("job 80 is done: " + TASKS + " tasks");
        }
    }

    @Test
    void afterCtrlCTheJobGoesOnByItselfAndTheCommandThatIsPrintedFollowsIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no /bin/kill to stop a process with");
        // A job that nobody works at cannot end before its submitter is told to.
        worker.signal("STOP");
        try (CommandProcess submit = start("--job=90")) {
            submit.awaitOutput("1 ready or running");
            assertThat(submit.stop()).isEqualTo(143);
            assertThat(submit.output())
                    .contains("job 90 goes on by itself; to follow it: yardmaster submit --follow=90 '" + chain
                            + "' (and the same settings)");
        } finally {
            worker.signal("CONT");
        }
        assertFollowed(90);
        // Once more, when it is done.
        assertFollowed(90);
        assertThat(doneTasks(90)).hasSize(TASKS + 1).doesNotHaveDuplicates();
    }

    @Test
    void aDetachedSubmissionEndsWhenTheSchedulerHasTheJob() throws Exception {
        CommandLineRun submit = submit("--job=92", "--detach");
        assertThat(submit.stderr()).isEmpty();
        assertThat(submit.stdout())
                .contains("job 92 goes on by itself; to follow it: yardmaster submit --follow=92 ")
                .doesNotContain("job 92 is done");
        assertThat(submit.exitCode()).isZero();
        assertFollowed(92);
    }

    @Test
    void itIsFollowedAlsoIfOutcomesAreNoLongerInTheTopic() throws Exception {
        assertThat(submit("--job=95", "--detach").exitCode()).isZero();
        worker.awaitOutput("done group=1 job=95 task=2 ");
        deleteOutcomes();
        assertFollowed(95);
        deleteOutcomes();
        assertFollowed(95);
    }

    @Test
    void aJobThatCannotBeFollowedIsOneLine() throws Exception {
        CommandLineRun unknown = submit("--follow=97");
        assertThat(unknown.stderr())
                .isEqualTo(
                        "yardmaster: job 97 is not known: the topics hold no event and no outcome of it, and none came"
                                + " within 5 s\n");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(CommandLineRun.of(arguments("submit", "--follow=97")))
                .isEqualTo(
                        new CommandLineRun(
                                2,
                                "",
                                "yardmaster: the graphs topic holds no whole graph of job 97: name the file that it was submitted with\n"));
        assertThat(submit("--follow=97", "--job=97"))
                .matches(run -> run.exitCode() == 2 && run.stderr().contains("--follow names the job"));
        assertThat(submit("--follow=97", "--detach"))
                .matches(run -> run.exitCode() == 2 && run.stderr().contains("only one of them"));
        assertThat(submit("--attempts=0"))
                .matches(run -> run.exitCode() == 2 && run.stderr().contains("from 1 to 1000000"));
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

    private static void assertFollowed(long job) {
        CommandLineRun followed = submit("--follow=" + job);
        assertThat(followed.stderr()).isEmpty();
        assertThat(followed.stdout())
                .contains("job " + job + " is chain: " + TASKS + " tasks\n")
                .contains(" of " + TASKS + " tasks, ")
                .contains("job " + job + " is done: " + TASKS + " tasks");
        assertThat(followed.exitCode()).isZero();
    }

    private static void deleteOutcomes() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ready.kafka()))) {
            String outcomes = TopicNames.defaults().of(Topic.OUTCOMES);
            int partitions = admin.describeTopics(List.of(outcomes))
                    .allTopicNames()
                    .get()
                    .get(outcomes)
                    .partitions()
                    .size();
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.put(new TopicPartition(outcomes, partition), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private static void sendFirstPart(long job) throws Exception {
        Stage stage = new Stage("x", 1, List.of(), When.ALL, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
        JobGraph part = JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(job)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(stage))
                .setParts(2)
                .build();
        try (var serde = ValueSerdes.of(Topic.GRAPHS, Map.of("schema.registry.url", ready.registry()));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", ready.kafka()), new LongSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(TopicNames.defaults().of(Topic.GRAPHS), job, part))
                    .get();
        }
    }

    private static int partsSent(long job) {
        Map<String, Object> reading = Map.of("bootstrap.servers", ready.kafka(), "auto.offset.reset", "earliest");
        String graphs = TopicNames.defaults().of(Topic.GRAPHS);
        int parts = 0;
        try (var reader = new KafkaConsumer<>(reading, new LongDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(graphs).stream()
                    .map(info -> new TopicPartition(graphs, info.partition()))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<Long, byte[]> record : reader.poll(Duration.ofMillis(100))) {
                    parts += record.key() == job ? 1 : 0;
                }
            }
        }
        return parts;
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

    /** Tasks of which each waits for the one 1,000 before it, with ids so long that they do not fit in one record. */
    private static Path large() throws IOException {
        String tasks = IntStream.range(0, 3_000)
                .mapToObj(task -> "{\"id\": \"%s\", \"name\": \"layer%d\", \"parents\": [%s]}"
                        .formatted(longId(task), task / 1_000, task < 1_000 ? "" : '"' + longId(task - 1_000) + '"'))
                .collect(Collectors.joining(", "));
        return Files.writeString(directory.resolve("large.json"), workflow("large", tasks));
    }

    private static String longId(int task) {
        return "task-" + task + "-".repeat(180);
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
