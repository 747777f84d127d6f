package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.app.storage.Cancellation;
import io.yardmaster.app.storage.JobState;
import io.yardmaster.app.storage.StorageEvent;
import io.yardmaster.app.storage.SubmittedJob;
import io.yardmaster.app.storage.Workflows;
import io.yardmaster.client.Assignment;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoRunTest {
    private final Exception failure = new SimulatedFailureException("test");

    private final Deque<Assignment> queue = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private long ids;

    private final DemoRun run = new DemoRun(
            List.of(new SubmittedJob(1, 1, Workflows.diamond()), new SubmittedJob(2, 2, Workflows.flat(3))),
            1,
            2,
            Fairness.JOB,
            this::dispatch,
            () -> now);

    @Test
    void aRunInWhichNothingFailsIsCountedInFull() {
        run.start();
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            assertThat(run.finished().toCompletableFuture()).isNotDone();
            run.received(assignment);
            now = now.plusMillis(100);
            run.completed(assignment);
        }

        assertThat(run.finished().toCompletableFuture()).isCompleted();
        Snapshot end = run.snapshot();
        assertThat(end.succeeded()).isTrue();
        assertThat(end.assignments()).isEqualTo(Map.of(TaskKind.TASK, 7, TaskKind.COMMIT, 2, TaskKind.CLEANUP, 0));
        assertThat(end.elapsed()).isEqualTo(Duration.ofMillis(900));
        assertThat(end.jobs()).allMatch(job -> job.waiting() == 0);
        assertThat(end.jobs().get(1).makespan()).contains(Duration.ofMillis(400));
        assertThat(end.waited().longest()).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void aJobThatIsCancelledEndsInCleanupUnlessItsCommitTaskRuns() {
        run.start();
        run.cancelled(new Cancellation(2, "anna", "late"));
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            run.received(assignment);
            if (assignment.kind() == TaskKind.COMMIT) {
                run.cancelled(new Cancellation(assignment.jobId(), "anna", "too late"));
            }
            run.completed(assignment);
        }

        assertThat(run.finished().toCompletableFuture()).isCompleted();
        assertThat(run.snapshot().jobs())
                .extracting(job -> job.progress().state(), JobLine::failure)
                .containsExactly(
                        tuple(JobState.DONE, Optional.empty()),
                        tuple(JobState.FAILED, Optional.of("it was cancelled by anna: late")));
    }

    @Test
    void aJobThatFailsEndsInCleanupAndTheRunStillSucceeds() {
        run.start();
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            run.received(assignment);
            if (assignment.jobId() == 2 && assignment.kind() == TaskKind.TASK && assignment.taskIndex() == 1) {
                run.failed(assignment, failure, 1);
            } else {
                run.completed(assignment);
            }
        }

        Snapshot end = run.snapshot();
        assertThat(end.succeeded()).isTrue();
        assertThat(end.jobs())
                .extracting(job -> job.progress().state())
                .containsExactly(JobState.DONE, JobState.FAILED);
        assertThat(end.assignments()).containsEntry(TaskKind.CLEANUP, 1).containsEntry(TaskKind.TASK, 8);
        assertThat(end.outcomes()).isEqualTo(Map.of(TaskResult.SUCCEEDED, 8, TaskResult.FAILED, 2));
        assertThat(end.jobs())
                .extracting(JobLine::failure)
                .containsExactly(Optional.empty(), Optional.of("task 1 (t1) failed: test"));
    }

    @Test
    void aTaskThatIsKilledIsNotTriedAgainAndARefusedOneHasNotEnded() {
        run.start();
        Assignment refused = queue.remove();
        run.received(refused);
        run.refused(refused, "no room");
        run.killed(Assignments.task(2, 2, 0, 0), "wrong input", "ann");
        run.completed(Assignments.task(2, 2, 1, 0));

        Snapshot end = run.snapshot();
        assertThat(end.outcomes())
                .isEqualTo(Map.of(TaskResult.REFUSED, 1, TaskResult.KILLED, 1, TaskResult.SUCCEEDED, 1));
        assertThat(end.jobs())
                .extracting(job -> job.progress().state())
                .containsExactly(JobState.RUNNING, JobState.CLEANING_UP);
        assertThat(end.jobs())
                .extracting(JobLine::failure)
                .containsExactly(Optional.empty(), Optional.of("task 0 (t0) was killed: wrong input"));
    }

    @Test
    void aDuplicateMakesTheRunFail() {
        run.start();
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            run.received(assignment);
            run.received(Assignments.of(
                    1000 + assignment.id(), assignment.jobId(), assignment.kind(), assignment.taskIndex(), 0));
            run.completed(assignment);
        }

        Snapshot end = run.snapshot();
        assertThat(end.duplicates()).isEqualTo(9);
        assertThat(end.succeeded()).isFalse();
    }

    @Test
    void tasksThatAreReadyAndNotReceivedWait() {
        run.start();
        assertThat(waiting()).containsExactly(1, 3);
        run.received(queue.remove());
        run.received(queue.remove());
        assertThat(waiting()).containsExactly(0, 2);
        run.completed(Assignments.task(1, 1, 0, 0));
        assertThat(waiting()).containsExactly(2, 2);
        run.failed(Assignments.task(2, 2, 0, 0), failure, 1);
        assertThat(waiting()).containsExactly(2, 3);
        run.failed(Assignments.task(2, 2, 0, 1), failure, 1);
        assertThat(waiting()).containsExactly(2, 0);
        assertThat(run.snapshot().succeeded()).isFalse();
    }

    private List<Integer> waiting() {
        return run.snapshot().jobs().stream().map(JobLine::waiting).toList();
    }

    private void dispatch(StorageEvent<?> event) {
        List<Assignment> made = Assignments.of(event, ids + 1);
        ids += made.size();
        queue.addAll(made);
    }
}
