package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final Duration BACKOFF = Duration.ofSeconds(4);
    private static final long SENT = 1_800_000_000_000L;

    private SchedulerDriver scheduler = new SchedulerDriver("events", "tasks");

    @AfterEach
    void close() {
        scheduler.close();
    }

    private List<TaskAssignment> dispatched(int tasks) {
        Integer[] indices = new Integer[tasks];
        for (int i = 0; i < tasks; i++) {
            indices[i] = i;
        }
        scheduler.ready(1, 3, 0, indices);
        return scheduler.tick();
    }

    @Test
    void O1_anOutcomeIsCountedOnceAndLeavesTheWindow() {
        TaskAssignment first = dispatched(2).get(0);
        scheduler.outcome(first, TaskResult.SUCCEEDED, "");
        scheduler.outcome(first, TaskResult.FAILED, "late");
        assertThat(scheduler.meters.outcomes).containsExactly("SUCCEEDED", "REPEATED");
        assertThat(scheduler.released).containsExactly(first.getAssignmentId());
    }

    @Test
    void O1_outcomesOfOlderSessionsAndOfNothingThatIsOutAreCountedAndDropped() {
        TaskAssignment first = dispatched(1).get(0);
        scheduler.outcome(changed(first, 5_000_000), TaskResult.SUCCEEDED, "");
        scheduler.outcome(changed(first, 1L << 60), TaskResult.SUCCEEDED, "");
        scheduler.outcome(changed(first, -1), TaskResult.SUCCEEDED, "");
        scheduler.ready(1, 4, 0, 0);
        scheduler.outcome(first, TaskResult.SUCCEEDED, "");
        assertThat(scheduler.meters.outcomes).containsExactly("NOT_OUT", "NOT_OUT", "NOT_OUT", "OLD_SESSION");
        assertThat(scheduler.released).isEmpty();
        assertThat(scheduler.deadLetters().isEmpty()).isTrue();
    }

    private static TaskAssignment changed(TaskAssignment of, long id) {
        return new TaskAssignment(
                id,
                of.getResourceGroupId(),
                of.getJobId(),
                of.getKind(),
                of.getTaskIndex(),
                of.getAttempt(),
                of.getSessionId(),
                of.getReadyAt(),
                0L,
                Payload.NONE,
                "",
                Map.of(),
                "");
    }

    @Test
    void O7_aRefusedTaskGoesToAnotherPartitionAsTheSameAttempt() {
        TaskAssignment first = dispatched(1).get(0);
        scheduler.outcome(first, TaskResult.REFUSED, "no disk");
        assertThat(scheduler.tick()).isEmpty();
        scheduler.pass(BACKOFF);
        List<TaskAssignment> again = scheduler.dispatched().readValuesToList();
        assertThat(again)
                .extracting(TaskAssignment::getJobId, TaskAssignment::getTaskIndex, TaskAssignment::getAttempt)
                .containsExactly(tuple(1L, 0, 0));
        assertThat(again.get(0).getAssignmentId()).isGreaterThan(first.getAssignmentId());
        assertThat(scheduler.avoided).containsExactly(3);
        scheduler.ready(1, 3, 0, 1);
        scheduler.tick();
        assertThat(scheduler.avoided).hasSize(1);
    }

    @Test
    void endedTasksAreToldAsRangesWithTheirReason() {
        List<TaskAssignment> made = dispatched(8);
        scheduler.written(Topic.EVENTS);
        for (int task : new int[] {0, 1, 2, 4, 5}) {
            scheduler.outcome(made.get(task), TaskResult.SUCCEEDED, "");
        }
        scheduler.outcome(made.get(3), TaskResult.FAILED, "exit code 1");
        scheduler.outcome(made.get(6), TaskResult.KILLED, "too slow");
        scheduler.outcome(made.get(7), TaskResult.REFUSED, "");
        scheduler.tick();
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(
                        JobEvent::getWhat,
                        JobEvent::getFirstTask,
                        JobEvent::getTasks,
                        JobEvent::getReason,
                        JobEvent::getSessionId)
                .containsExactlyInAnyOrder(
                        tuple(JobEventKind.TASKS_SUCCEEDED, 0, 3L, "", 3L),
                        tuple(JobEventKind.TASKS_SUCCEEDED, 4, 2L, "", 3L),
                        tuple(JobEventKind.TASKS_FAILED, 3, 1L, "exit code 1", 3L),
                        tuple(JobEventKind.TASKS_KILLED, 6, 1L, "too slow", 3L),
                        tuple(JobEventKind.TASKS_REFUSED, 7, 1L, "", 3L));
        scheduler.tick();
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
    }

    @Test
    void rangesOfASessionThatEndsAreToldWithItsNumber() {
        TaskAssignment first = dispatched(1).get(0);
        scheduler.written(Topic.EVENTS);
        scheduler.outcome(first, TaskResult.SUCCEEDED, "");
        scheduler.ready(1, 4, 0, 0);
        scheduler.tick();
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getWhat, JobEvent::getSessionId)
                .startsWith(tuple(JobEventKind.TASKS_SUCCEEDED, 3L), tuple(JobEventKind.JOB_BEGAN, 4L));
    }

    @Test
    void outcomesThatMakeNoSenseAreDeadLettersWithTheTimeAtWhichTheyWereSent() {
        TaskAssignment made = dispatched(1).get(0);
        TaskOutcome sane = SchedulerDriver.outcomeOf(made, TaskResult.SUCCEEDED, "");
        refused(sane, 2, "key 2 is not the job_id 1");
        refused(with(sane, outcome -> outcome.sessionId = -1), 1, "session_id -1 is negative");
        refused(with(sane, outcome -> outcome.attempt = -4), 1, "attempt -4 is negative");
        refused(with(sane, outcome -> outcome.taskIndex = -1), 1, "task_index -1 is negative");
        refused(with(sane, outcome -> outcome.kind = TaskKind.COMMIT), 1, "task_index 0 of a commit task is not -1");
        refused(
                with(sane, outcome -> outcome.reason = "x".repeat(1_001)),
                1,
                "reason has 1001 characters, may have 1000");
        refused(with(sane, outcome -> outcome.worker = "x".repeat(201)), 1, "worker has 201 characters, may have 200");
        refused(with(sane, outcome -> outcome.group = 99), 1, "the resource group is not the one of the job's events");
        scheduler.sendRaw(Topic.OUTCOMES, new byte[8], null);
        assertThat(reason(scheduler.deadLetters().readRecord())).isEqualTo("the event has no value");
        scheduler.outcome(made, TaskResult.SUCCEEDED, "");
        assertThat(scheduler.meters.outcomes).containsExactly("WRONG_GROUP", "SUCCEEDED");
    }

    private void refused(TaskOutcome outcome, long key, String reason) {
        scheduler.sendAt(SENT, Topic.OUTCOMES, key, outcome);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(reason(letter)).isEqualTo(reason);
        assertThat(text(letter, DeadLetterHeaders.TIMESTAMP)).isEqualTo(String.valueOf(SENT));
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        return text(letter, Topic.REASON_HEADER);
    }

    private static String text(TestRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    /** The fields that tests change. */
    private static final class Changed {
        long group;
        long sessionId;
        TaskKind kind;
        int taskIndex;
        int attempt;
        String reason;
        String worker;
    }

    private static TaskOutcome with(TaskOutcome sane, Consumer<Changed> change) {
        Changed to = new Changed();
        to.group = sane.getResourceGroupId();
        to.sessionId = sane.getSessionId();
        to.kind = sane.getKind();
        to.taskIndex = sane.getTaskIndex();
        to.attempt = sane.getAttempt();
        to.reason = sane.getReason();
        to.worker = sane.getWorker();
        change.accept(to);
        return new TaskOutcome(
                sane.getAssignmentId(),
                to.group,
                sane.getJobId(),
                to.sessionId,
                to.kind,
                to.taskIndex,
                to.attempt,
                sane.getResult(),
                to.reason,
                Instant.EPOCH,
                Instant.EPOCH,
                to.worker);
    }

    /** A job's outcomes lie where its events do, whatever the assignment's number says. */
    @Test
    void anOutcomeInTheWrongPartitionIsADeadLetter() {
        scheduler.close();
        scheduler = new SchedulerDriver(4);
        long elsewhere = 1;
        while (JobPartition.of(elsewhere, 4) == 0) {
            elsewhere++;
        }
        TaskAssignment made = new TaskAssignment(
                1L, 7L, elsewhere, TaskKind.TASK, 0, 0, 0L, Instant.EPOCH, 0L, Payload.NONE, "", Map.of(), "");
        scheduler.outcome(made, TaskResult.SUCCEEDED, "");
        assertThat(reason(scheduler.deadLetters().readRecord())).contains("belongs in partition");
    }

    @Test
    void O7_aRefusedTaskKeepsItsTrace() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        TaskAssignment first = dispatched(1).get(0);
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", parent.getBytes(StandardCharsets.UTF_8));
        scheduler.send(Topic.OUTCOMES, 1, SchedulerDriver.outcomeOf(first, TaskResult.REFUSED, ""), headers);
        scheduler.pass(BACKOFF);
        List<TestRecord<Long, TaskAssignment>> again =
                new ArrayList<>(scheduler.dispatched().readRecordsToList());
        assertThat(again).hasSize(1);
        assertThat(again.get(0).headers().lastHeader("traceparent").value())
                .isEqualTo(parent.getBytes(StandardCharsets.UTF_8));
    }
}
