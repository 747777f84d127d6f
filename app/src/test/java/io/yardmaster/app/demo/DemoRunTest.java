package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.jobs.JobState;
import io.yardmaster.app.jobs.Workflows;
import io.yardmaster.client.Assignment;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoRunTest {
    private final Exception failure = new SimulatedFailureException("test");

    private final Deque<Assignment> queue = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private long ids;
    private final Map<Long, Integer> done = new HashMap<>();

    private final DemoRun run = new DemoRun(
            List.of(new SubmittedJob(1, 1, Workflows.diamond()), new SubmittedJob(2, 2, Workflows.flat(3))),
            2,
            Fairness.JOB,
            () -> now);

    @Test
    void aRunInWhichNothingFailsIsCountedInFull() {
        start();
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            assertThat(run.finished().toCompletableFuture()).isNotDone();
            run.received(assignment);
            now = now.plusMillis(100);
            complete(assignment);
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
    void aJobThatTheSchedulerRefusesEndsTheRunWithOneLine() {
        start();
        run.refused(1, "two stages have the name t0");
        run.refused(1, "told again");
        queue.removeIf(assignment -> assignment.jobId() == 1);
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            run.received(assignment);
            complete(assignment);
        }

        assertThat(run.finished().toCompletableFuture()).isCompleted();
        Snapshot end = run.snapshot();
        assertThat(end.succeeded()).isFalse();
        assertThat(end.jobs())
                .extracting(job -> job.progress().state())
                .containsExactly(JobState.REFUSED, JobState.DONE);
        assertThat(new Summary(1, Fairness.JOB).lines(end))
                .containsOnlyOnce("job 1 fails: the scheduler refused it: two stages have the name t0");
    }

    @Test
    void aJobThatFailsEndsInCleanupAndTheRunStillSucceeds() {
        start();
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            run.received(assignment);
            if (assignment.jobId() == 2 && assignment.kind() == TaskKind.TASK && assignment.taskIndex() == 1) {
                fail(assignment);
            } else {
                complete(assignment);
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
    void aTaskThatBeginsBeforeTheEndOfTheOneBeforeItIsToldCountsAsItsEnd() {
        run.start();
        run.received(Assignments.task(1, 1, 0, 0));
        run.received(Assignments.task(2, 1, 1, 0));
        assertThat(waiting()).as("task 2 of the diamond is ready, too").containsExactly(1, 3);
        run.completed(Assignments.task(1, 1, 0, 0));
        assertThat(waiting()).containsExactly(1, 3);
        run.received(Assignments.task(3, 2, 0, 0));
        run.received(Assignments.task(4, 2, 0, 1));
        assertThat(waiting()).containsExactly(1, 2);
        run.failed(Assignments.task(3, 2, 0, 0), failure, 1);
        assertThat(waiting()).containsExactly(1, 2);
        run.received(Assignments.of(5, 1, TaskKind.COMMIT, -1, 0));
        assertThat(run.snapshot().jobs().get(0).progress().done()).isEqualTo(4);
        run.completed(Assignments.of(5, 1, TaskKind.COMMIT, -1, 0));
        run.completed(Assignments.task(6, 1, 3, 0));
        run.received(Assignments.of(7, 2, TaskKind.CLEANUP, -1, 0));
        run.failed(Assignments.task(4, 2, 0, 1), failure, 1);
        run.completed(Assignments.of(7, 2, TaskKind.CLEANUP, -1, 0));

        assertThat(run.finished().toCompletableFuture()).isCompleted();
        assertThat(run.snapshot().jobs())
                .extracting(job -> job.progress().state())
                .containsExactly(JobState.DONE, JobState.FAILED);
        assertThat(run.snapshot().jobs().get(1).failure()).contains("task 0 (t0) failed: test");
    }

    @Test
    void aTaskThatIsKilledIsNotTriedAgainAndARefusedOneHasNotEnded() {
        run.start();
        Assignment refused = Assignments.task(1, 1, 0, 0);
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
        start();
        while (!queue.isEmpty()) {
            Assignment assignment = queue.remove();
            run.received(assignment);
            run.received(Assignments.of(
                    1000 + assignment.id(), assignment.jobId(), assignment.kind(), assignment.taskIndex(), 0));
            complete(assignment);
        }

        Snapshot end = run.snapshot();
        assertThat(end.duplicates()).isEqualTo(9);
        assertThat(end.succeeded()).isFalse();
    }

    @Test
    void tasksThatAreReadyAndNotReceivedWait() {
        run.start();
        assertThat(waiting()).containsExactly(1, 3);
        run.received(Assignments.task(1, 1, 0, 0));
        run.received(Assignments.task(2, 2, 0, 0));
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

    /** Begins the run as a scheduler would. */
    private void start() {
        run.start();
        dispatch(1, 0, 0);
        for (int task = 0; task < 3; task++) {
            dispatch(2, task, 0);
        }
    }

    private void complete(Assignment assignment) {
        if (assignment.kind() == TaskKind.TASK) {
            done.merge(assignment.jobId(), 1, Integer::sum);
            if (assignment.jobId() == 1 && assignment.taskIndex() == 0) {
                dispatch(1, 1, 0);
                dispatch(1, 2, 0);
            } else if (assignment.jobId() == 1 && done.get(1L) == 3) {
                dispatch(1, 3, 0);
            }
            if (done.get(assignment.jobId()) == (assignment.jobId() == 1 ? 4 : 3)) {
                queue.add(Assignments.of(++ids, assignment.jobId(), TaskKind.COMMIT, -1, 0));
            }
        }
        run.completed(assignment);
    }

    private void fail(Assignment assignment) {
        if (assignment.attempt() == 0) {
            dispatch(assignment.jobId(), assignment.taskIndex(), 1);
        } else {
            queue.add(Assignments.of(++ids, assignment.jobId(), TaskKind.CLEANUP, -1, 0));
        }
        run.failed(assignment, failure, 1);
    }

    private void dispatch(long job, int task, int attempt) {
        queue.add(Assignments.task(++ids, job, task, attempt));
    }
}
