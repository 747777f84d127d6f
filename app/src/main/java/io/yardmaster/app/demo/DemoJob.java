package io.yardmaster.app.demo;

import io.yardmaster.app.jobs.JobState;
import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.TaskKind;
import java.util.Optional;

/**
 * One job of the demo, as its execution managers know it. A report of a task's end may come after the begin of the next task, so that each begin
 * also counts as the end of all tasks before it. The methods return the number of tasks that are ready because of the news.
 */
final class DemoJob {
    private final SubmittedJob job;
    private final int attempts;
    private final TaskProgress tasks;
    private JobState state = JobState.RUNNING;
    private Optional<String> failure = Optional.empty();

    /** @param attempts of a task before the job fails, 1 or more */
    DemoJob(SubmittedJob job, int attempts) {
        this.job = job;
        this.attempts = attempts;
        this.tasks = new TaskProgress(job.workflow());
    }

    int begun(Assignment assignment) {
        return switch (assignment.kind()) {
            case TASK -> {
                int ready = isRunning() ? tasks.begun(assignment.taskIndex()) : 0;
                yield assignment.attempt() == 0
                        ? ready
                        : ready + failed(assignment.taskIndex(), assignment.attempt() - 1);
            }
            case COMMIT -> {
                tasks.allSucceeded();
                state = isRunning() ? JobState.COMMITTING : state;
                yield 0;
            }
            case CLEANUP -> {
                state = state.isFinal() ? state : JobState.CLEANING_UP;
                yield 0;
            }
        };
    }

    int succeeded(Assignment assignment) {
        return switch (assignment.kind()) {
            case TASK -> {
                int ready = tasks.succeeded(assignment.taskIndex());
                if (isRunning() && tasks.done() == tasks.tasks()) {
                    state = JobState.COMMITTING;
                }
                yield isRunning() ? ready : 0;
            }
            case COMMIT -> {
                state = JobState.DONE;
                yield 0;
            }
            case CLEANUP -> {
                state = JobState.FAILED;
                yield 0;
            }
        };
    }

    int failed(Assignment assignment, String how) {
        boolean isTask = assignment.kind() == TaskKind.TASK;
        int ready = isTask ? failed(assignment.taskIndex(), assignment.attempt()) : 0;
        if (!isTask || assignment.attempt() + 1 >= attempts) {
            fail(assignment, how);
        }
        return ready;
    }

    private int failed(int task, int attempt) {
        boolean again = tasks.failed(task, attempt) && attempt + 1 < attempts;
        return again && isRunning() ? 1 : 0;
    }

    void killed(Assignment assignment, String how) {
        fail(assignment, how);
    }

    /** The scheduler has refused its graph. */
    void refused(String reason) {
        failure = failure.or(() -> Optional.of("the scheduler refused it: " + reason));
        state = state.isFinal() ? state : JobState.REFUSED;
    }

    private void fail(Assignment assignment, String how) {
        if (assignment.kind() == TaskKind.CLEANUP) {
            state = JobState.FAILED;
        } else if (failure.isEmpty()) {
            failure = Optional.of(job.nameOf(assignment.kind(), assignment.taskIndex()) + " " + how);
            state = state.isFinal() ? state : JobState.CLEANING_UP;
        }
    }

    /** Returns whether tasks of it may become ready. */
    boolean isRunning() {
        return state == JobState.RUNNING;
    }

    boolean hasEnded() {
        return state.isFinal();
    }

    /** Number of tasks that wait for no other. */
    int open() {
        return tasks.open();
    }

    SubmittedJob submitted() {
        return job;
    }

    /** The task that made the job fail, and how it ended. */
    Optional<String> failure() {
        return failure;
    }

    DemoProgress progress() {
        return new DemoProgress(job, state, tasks.done(), tasks.open(), tasks.failedAttempts());
    }
}
