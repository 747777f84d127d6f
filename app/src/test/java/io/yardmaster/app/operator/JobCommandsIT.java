package io.yardmaster.app.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.testkafka.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside a Kafka; the test is the scheduler. */
class JobCommandsIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int SHARDS = 3;

    private static TestKafka kafka;
    private static Map<String, String> settings;

    @BeforeAll
    static void start(@TempDir Path directory) {
        kafka = TestKafka.start(directory);
        String name = kafka.unique("operator");
        settings = Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "kafka.application.id",
                name,
                "topic.prefix",
                name + ".",
                "schema.registry.url",
                "mock://" + name);
        assertThat(run("topics", "create", "--partitions=" + SHARDS).exitCode()).isZero();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void theAnswerToACommandIsPrinted() {
        try (PlayedScheduler scheduler = new PlayedScheduler(
                settings, command -> Optional.of(event(command, JobEventKind.JOB_CANCELLED, 12, "")))) {
            CommandLineRun run = run("cancel", "7", "--reason=too old", "--by=anna", "--session=4");
            assertThat(run)
                    .isEqualTo(new CommandLineRun(0, "job 7 is cancelled: 12 waiting tasks were discarded\n", ""));
            assertThat(scheduler.commands()).hasSize(1);
            ConsumerRecord<Long, JobCommand> sent = scheduler.commands().get(0);
            assertThat(sent.key()).isEqualTo(7);
            assertThat(sent.partition()).isEqualTo(JobPartition.of(7, SHARDS));
            assertThat(sent.value()).isEqualTo(new JobCommand(7L, 4L, CommandType.CANCEL, "too old", "anna", 0));
        }
    }

    @Test
    void aCommandIsOfTheUserAndOfAnySessionUnlessItSaysOtherwise() {
        try (PlayedScheduler scheduler =
                new PlayedScheduler(settings, command -> Optional.of(event(command, JobEventKind.JOB_PAUSED, 0, "")))) {
            assertThat(run("pause", "-9223372036854775808").stdout()).isEqualTo("job -9223372036854775808 is paused\n");
            assertThat(scheduler.commands().get(0).value())
                    .isEqualTo(new JobCommand(
                            Long.MIN_VALUE, -1L, CommandType.PAUSE, "", System.getProperty("user.name"), 0));
        }
    }

    @Test
    void O5_aPriorityIsSent() {
        try (PlayedScheduler scheduler = new PlayedScheduler(
                settings, command -> Optional.of(event(command, JobEventKind.JOB_PRIORITIZED, 0, "")))) {
            assertThat(run("priority", "7", "-1000", "--reason=night", "--by=anna"))
                    .isEqualTo(new CommandLineRun(0, "job 7 has priority -1000\n", ""));
            assertThat(scheduler.commands().get(0).value())
                    .isEqualTo(new JobCommand(7L, -1L, CommandType.SET_PRIORITY, "night", "anna", -1_000));
        }
    }

    @Test
    void eachOfSeveralJobsGetsItsLineAndTheWorstOneIsTheExitCode() {
        try (PlayedScheduler scheduler = new PlayedScheduler(
                settings,
                command -> Optional.of(
                        switch ((int) command.getJobId()) {
                            case 7 -> event(command, JobEventKind.JOB_RESUMED, 0, "");
                            case 8 -> event(command, JobEventKind.COMMAND_DROPPED, 0, "no_change: job 8 is not paused");
                            default ->
                                event(command, JobEventKind.COMMAND_DROPPED, 0, "unknown_job: no event about job 9");
                        }))) {
            CommandLineRun twice = run("resume", "7", "8", "7");
            assertThat(twice.stdout().lines()).containsExactlyInAnyOrder("job 7 goes on", "job 8 is not paused");
            assertThat(twice.exitCode()).isZero();
            assertThat(scheduler.commands()).hasSize(2);
            assertThat(run("resume", "9", "7"))
                    .isEqualTo(new CommandLineRun(1, "job 7 goes on\n", "yardmaster: no event about job 9\n"));
        }
    }

    @Test
    void aCommandThatNobodyAnswersSaysWhereItLies() {
        try (PlayedScheduler scheduler = new PlayedScheduler(settings, command -> Optional.empty())) {
            CommandLineRun run = run("cancel", "70", "--timeout=1");
            assertThat(run.stderr())
                    .matches(
                            "yardmaster: job 70: no answer within 1 s; the command lies at operator\\.commands-%s@\\d+ and .*\n"
                                    .formatted(JobPartition.of(70, SHARDS)));
            assertThat(run.exitCode()).isEqualTo(1);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(scheduler.commands()).hasSize(1));
        }
    }

    private static JobEvent event(JobCommand command, JobEventKind what, long tasks, String reason) {
        return new JobEvent(
                Instant.now(),
                command.getJobId(),
                3L,
                4L,
                what,
                -1,
                tasks,
                0,
                reason,
                command.getBy(),
                command.getPriority());
    }

    private static CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        settings.forEach((key, value) -> all.add("--set=" + key + "=" + value));
        CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
        return new CommandLineRun(
                run.exitCode(), run.stdout(), run.stderr().replace(settings.get("topic.prefix"), "operator."));
    }
}
