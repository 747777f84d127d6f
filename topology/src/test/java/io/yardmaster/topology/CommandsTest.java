package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final long SENT = 1_800_000_000_000L;

    private SchedulerDriver scheduler = new SchedulerDriver();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void O4_aCancelledJobIsKilledAndItsEventSaysWhoAskedAndWhy() {
        scheduler.ready(1, 3, 0, 0, 1, 2);
        scheduler.available = 1;
        assertThat(scheduler.tick()).hasSize(1);

        scheduler.command(CommandType.CANCEL, 1);

        assertThat(scheduler.written(Topic.KILLS)).containsExactly(new Kill(1L, -1L, 3L, "too slow", "ann", 1L, -1, 0));
        JobEvent event = last(scheduler.written(Topic.EVENTS));
        assertThat(event.getWhat()).isEqualTo(JobEventKind.JOB_CANCELLED);
        assertThat(event.getTasks()).isEqualTo(2);
        assertThat(event.getReason()).isEqualTo("too slow");
        assertThat(event.getBy()).isEqualTo("ann");
        assertThat(event.getResourceGroupId()).isEqualTo(SchedulerDriver.GROUP);
        scheduler.available = 100;
        assertThat(scheduler.tick()).isEmpty();
        assertThat(scheduler.meters.commands).containsExactly("CANCEL");
    }

    @Test
    void O4_aRepeatedCancelKillsNothing() {
        scheduler.ready(1, 3, 0, 0);
        scheduler.command(CommandType.CANCEL, 1);
        scheduler.command(CommandType.CANCEL, 1);
        assertThat(scheduler.written(Topic.KILLS)).hasSize(1);
        assertThat(last(scheduler.written(Topic.EVENTS)))
                .extracting(JobEvent::getWhat, JobEvent::getReason)
                .containsExactly(JobEventKind.COMMAND_DROPPED, "no_change: job 1 is cancelled already");
    }

    @Test
    void O5_aPausedJobWaitsUntilItIsResumed() {
        scheduler.ready(1, 0, 0, 0);
        scheduler.command(CommandType.PAUSE, 1);
        assertThat(scheduler.tick()).isEmpty();
        scheduler.command(CommandType.RESUME, 1);
        assertThat(scheduler.tick()).extracting(TaskAssignment::getJobId).containsExactly(1L);
        assertThat(scheduler.written(Topic.KILLS)).isEmpty();
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getWhat)
                .containsExactly(JobEventKind.JOB_BEGAN, JobEventKind.JOB_PAUSED, JobEventKind.JOB_RESUMED);
    }

    @Test
    void L1_aJobOfAHigherPriorityGoesFirstAndItsEventSaysThePriority() {
        scheduler.ready(1, 0, 0, 0, 1);
        scheduler.ready(2, 0, 0, 0, 1);
        scheduler.prioritize(2, 7);
        scheduler.prioritize(2, 7);
        assertThat(scheduler.tick()).extracting(TaskAssignment::getJobId).containsExactly(2L, 2L, 1L, 1L);
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getWhat, JobEvent::getPriority, JobEvent::getReason)
                .endsWith(
                        tuple(JobEventKind.JOB_PRIORITIZED, 7, "too slow"),
                        tuple(JobEventKind.COMMAND_DROPPED, 0, "no_change: job 2 has priority 7 already"));
        assertThat(scheduler.meters.commands).containsExactly("SET_PRIORITY", "SET_PRIORITY NO_CHANGE");
    }

    @Test
    void O5_aPriorityThatOvertookItsJobsEventsHoldsWhenTheJobBegins() {
        scheduler.ready(1, 0, 0, 0);
        scheduler.sendAt(SENT, Topic.COMMANDS, 9, new JobCommand(9L, -1L, CommandType.SET_PRIORITY, "", "", 1_000));
        scheduler.sendAt(SENT - 1_000, Topic.READY, 9, ready(9));
        assertThat(scheduler.tick()).extracting(TaskAssignment::getJobId).containsExactly(9L, 1L);
    }

    @Test
    void anEventNamesThePositionOfTheCommandThatItAnswers() {
        scheduler.ready(1, 0, 0, 0);
        scheduler.command(CommandType.PAUSE, 1);
        scheduler.command(CommandType.RESUME, 1);
        List<TestRecord<byte[], byte[]>> events =
                scheduler.output(TopicNames.defaults().of(Topic.EVENTS)).readRecordsToList();
        assertThat(events.subList(1, 3))
                .extracting(event -> new String(
                        event.headers().lastHeader(DeadLetterHeaders.SOURCE).value(), StandardCharsets.UTF_8))
                .containsExactly("yardmaster.commands-0@0", "yardmaster.commands-0@1");
        assertThat(events.get(0).headers().lastHeader(DeadLetterHeaders.SOURCE)).isNull();
    }

    @Test
    void aCommandForAJobThatNobodyKnowsIsAnsweredWhenTheLanesWereSilentForASecond() {
        scheduler.command(CommandType.CANCEL, 9);
        scheduler.pass(Duration.ofMillis(990));
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
        scheduler.pass(Duration.ofMillis(20));
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getReason)
                .containsExactly("unknown_job: no event about job 9 has come in session -1, or the job was forgotten");
        assertThat(scheduler.written(Topic.KILLS)).isEmpty();
        assertThat(scheduler.meters.commands).containsExactly("CANCEL UNKNOWN_JOB");
        scheduler.ready(9, 0, 0, 0);
        assertThat(scheduler.tick()).hasSize(1);
    }

    @Test
    void commandsThatOvertookTheirJobsEventsAreCarriedOutWhenTheJobBegins() {
        scheduler.sendAt(SENT, Topic.COMMANDS, 9, new JobCommand(9L, -1L, CommandType.PAUSE, "", "", 0));
        scheduler.sendAt(SENT, Topic.COMMANDS, 8, new JobCommand(8L, -1L, CommandType.CANCEL, "", "", 0));
        scheduler.sendAt(SENT - 2_000, Topic.READY, 1, ready(1));
        scheduler.sendAt(SENT - 1_000, Topic.READY, 9, ready(9));
        assertThat(scheduler.tick()).extracting(TaskAssignment::getJobId).containsExactly(1L);
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getJobId, JobEvent::getWhat)
                .containsExactly(
                        tuple(1L, JobEventKind.JOB_BEGAN),
                        tuple(9L, JobEventKind.JOB_BEGAN),
                        tuple(9L, JobEventKind.JOB_PAUSED));
        // The lanes have passed the time of the command.
        scheduler.sendAt(SENT + 1, Topic.READY, 1, ready(1));
        scheduler.tick();
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getJobId, JobEvent::getWhat)
                .containsExactly(tuple(8L, JobEventKind.COMMAND_DROPPED));
    }

    @Test
    void aVoidEventDoesNotMakeItsJobKnown() {
        scheduler.ready(1, 5, 0, 0);
        scheduler.command(CommandType.PAUSE, 9);
        scheduler.ready(9, 4, 0, 0);
        scheduler.ready(9, 5, 0, 0);
        assertThat(scheduler.tick()).extracting(TaskAssignment::getJobId).containsExactly(1L);
        assertThat(scheduler.meters.commands).containsExactly("PAUSE");
    }

    private static TaskReady ready(long job) {
        return new TaskReady(SchedulerDriver.GROUP, job, 0L, List.of(0), 0);
    }

    @Test
    void commandsThatMakeNoSenseAreDeadLetters() {
        scheduler.ready(1, 0, 0, 0);
        scheduler.send(Topic.COMMANDS, 2, new JobCommand(1L, -1L, CommandType.CANCEL, "", "", 0));
        scheduler.send(Topic.COMMANDS, 1, new JobCommand(1L, -2L, CommandType.CANCEL, "", "", 0));
        scheduler.send(Topic.COMMANDS, 1, new JobCommand(1L, -1L, CommandType.CANCEL, "x".repeat(1_001), "", 0));
        scheduler.send(Topic.COMMANDS, 1, new JobCommand(1L, -1L, CommandType.CANCEL, "", "x".repeat(201), 0));
        scheduler.prioritize(1, 1_001);
        scheduler.prioritize(1, -1_001);
        scheduler.send(Topic.COMMANDS, 1, new JobCommand(1L, -1L, CommandType.PAUSE, "", "", 5));
        scheduler.sendRaw(Topic.COMMANDS, new byte[8], null);
        assertThat(reasons())
                .containsExactly(
                        "key 2 is not the job_id 1",
                        "session_id -2 is neither a session nor -1, the current one",
                        "reason has 1001 characters, may have 1000",
                        "by has 201 characters, may have 200",
                        "priority 1001 is not one from -1000 to 1000",
                        "priority -1001 is not one from -1000 to 1000",
                        "priority 5 in a command to PAUSE",
                        "the event has no value");
        assertThat(scheduler.tick()).hasSize(1);
    }

    /** In another shard it would find no job, or one that is told of there by mistake. */
    @Test
    void aCommandInTheWrongPartitionIsADeadLetterAndHasNoEffect() {
        scheduler.close();
        scheduler = new SchedulerDriver(4);
        long elsewhere = 1;
        while (JobPartition.of(elsewhere, 4) == 0) {
            elsewhere++;
        }
        scheduler.command(CommandType.CANCEL, elsewhere);
        assertThat(reasons()).singleElement().asString().contains("belongs in partition");
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
    }

    private static JobEvent last(List<JobEvent> events) {
        return events.get(events.size() - 1);
    }

    private List<String> reasons() {
        return scheduler.deadLetters().readRecordsToList().stream()
                .map(letter -> new String(
                        letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8))
                .toList();
    }
}
