package io.yardmaster.app.storage;

import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.schemas.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One job of a {@link StoragePlayer}: its graph, its open tasks, and the events that follow from each report. */
final class JobPlay {
    private static final int DONE = -1;
    private static final int WAITING = -2;

    private final SubmittedJob job;
    private final long session;
    private final int maxAttempts;
    private final int[] parentsLeft;
    /** By task: the attempt that was reported ready, or {@link #WAITING} or {@link #DONE}. */
    private final int[] attempts;

    private JobState state = JobState.RUNNING;
    private int done;
    private int open;
    private int failedAttempts;

    JobPlay(SubmittedJob job, long session, int maxAttempts) {
        this.job = job;
        this.session = session;
        this.maxAttempts = maxAttempts;
        List<WorkflowTask> tasks = job.workflow().tasks();
        this.parentsLeft =
                tasks.stream().mapToInt(task -> task.parents().size()).toArray();
        this.attempts = new int[tasks.size()];
        Arrays.fill(attempts, WAITING);
    }

    List<StorageEvent<?>> start() {
        List<Integer> roots = new ArrayList<>();
        for (int task = 0; task < parentsLeft.length; task++) {
            if (parentsLeft[task] == 0) {
                roots.add(task);
            }
        }
        return ready(roots, 0);
    }

    /** Returns whether storage waits for a report of exactly this attempt. */
    boolean expects(TaskKind kind, int task, int attempt) {
        return switch (kind) {
            case TASK ->
                state == JobState.RUNNING
                        && task >= 0
                        && task < attempts.length
                        && attempt >= 0
                        && attempts[task] == attempt;
            case COMMIT -> state == JobState.COMMITTING;
            case CLEANUP -> state == JobState.CLEANING_UP;
        };
    }

    List<StorageEvent<?>> completed(TaskKind kind, int task) {
        return switch (kind) {
            case TASK -> taskCompleted(task);
            case COMMIT -> end(JobState.DONE);
            case CLEANUP -> end(JobState.FAILED);
        };
    }

    List<StorageEvent<?>> failed(TaskKind kind, int task, int attempt) {
        failedAttempts++;
        return switch (kind) {
            case TASK -> {
                open--;
                yield attempt + 1 < maxAttempts ? ready(List.of(task), attempt + 1) : cleanUp();
            }
            case COMMIT -> cleanUp();
            case CLEANUP -> end(JobState.FAILED);
        };
    }

    List<StorageEvent<?>> killed(TaskKind kind) {
        return kind == TaskKind.CLEANUP ? end(JobState.FAILED) : cleanUp();
    }

    /** A commit task that was dispatched decides alone how the job ends: it runs, or the scheduler has it killed. */
    List<StorageEvent<?>> cancelled(boolean commitDispatched) {
        return state == JobState.RUNNING || (state == JobState.COMMITTING && !commitDispatched) ? cleanUp() : List.of();
    }

    void refused() {
        state = JobState.FAILED;
        open = 0;
    }

    JobState state() {
        return state;
    }

    JobProgress progress() {
        return new JobProgress(job, state, attempts.length, done, open, failedAttempts);
    }

    private List<StorageEvent<?>> taskCompleted(int task) {
        attempts[task] = DONE;
        open--;
        done++;
        if (done == attempts.length) {
            state = JobState.COMMITTING;
            return List.of(StorageEvent.commit(job.resourceGroup(), job.id(), session));
        }
        List<Integer> released = new ArrayList<>();
        for (int child : job.workflow().tasks().get(task).children()) {
            if (--parentsLeft[child] == 0) {
                released.add(child);
            }
        }
        Collections.sort(released);
        return ready(released, 0);
    }

    private List<StorageEvent<?>> ready(List<Integer> tasks, int attempt) {
        tasks.forEach(task -> attempts[task] = attempt);
        open += tasks.size();
        return StorageEvent.ready(job.resourceGroup(), job.id(), session, tasks, attempt);
    }

    private List<StorageEvent<?>> cleanUp() {
        state = JobState.CLEANING_UP;
        open = 0;
        return List.of(StorageEvent.cleanup(job.resourceGroup(), job.id(), session));
    }

    private List<StorageEvent<?>> end(JobState end) {
        state = end;
        return List.of();
    }
}
