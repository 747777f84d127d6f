package io.yardmaster.replay.recording;

import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.RecordedWork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The runs of the tasks of one job, by its assignments and outcomes. */
final class JobRuns implements RecordedWork {
    private static final Comparator<Run> BY_TASK = JobRuns::compare;

    private final List<Run> runs = new ArrayList<>();
    /** The times at which tasks became ready, in {@code at}. */
    private final List<Run> ready = new ArrayList<>();
    /** By their numbers, the assignments that were refused. */
    private final Set<Long> givenBack = new HashSet<>();

    private record Run(TaskKind kind, int taskIndex, int attempt, TaskEnd end, long at, int runtime) {
        static Run of(RecordRow task, TaskEnd end, long at, long runtime) {
            return new Run(
                    task.constant("kind", TaskKind.class),
                    task.smallNumber("task_index"),
                    task.smallNumber("attempt"),
                    end,
                    at,
                    (int) Math.max(0, Math.min(Integer.MAX_VALUE, runtime)));
        }
    }

    private static int compare(Run one, Run other) {
        if (one.kind() != other.kind()) {
            return one.kind().compareTo(other.kind());
        }
        int byTask = Integer.compare(one.taskIndex(), other.taskIndex());
        return byTask != 0 ? byTask : Integer.compare(one.attempt(), other.attempt());
    }

    /** Takes an assignment. */
    void assigned(RecordRow assignment) {
        ready.add(Run.of(assignment, TaskEnd.SUCCEEDED, assignment.number("ready_at"), 0));
    }

    /**
     * Takes an outcome; that of a task that was not run changes nothing. If the scheduler has given an assignment back, whose host was
     * silent, say, what the host says of it later does not count.
     */
    void ended(RecordRow outcome) {
        TaskEnd end = outcome.constant("result", TaskEnd.class);
        long number = outcome.number();
        if (end == TaskEnd.REFUSED) {
            givenBack.add(number);
        } else if (!givenBack.contains(number)) {
            long started = outcome.number("started_at");
            long runtime = outcome.number("ended_at") - started;
            runs.add(Run.of(outcome, end, started, runtime));
        }
    }

    /** Must be called between the last outcome and the first question. Of several outcomes of a run the first counts. */
    void sort() {
        runs.sort(BY_TASK);
        ready.sort(BY_TASK);
    }

    /** Null if there is none. */
    private static Run find(List<Run> sorted, TaskKind kind, int taskIndex, int attempt) {
        Run sought = new Run(kind, taskIndex, attempt, TaskEnd.SUCCEEDED, 0, 0);
        int place = Collections.binarySearch(sorted, sought, BY_TASK);
        while (place > 0 && BY_TASK.compare(sorted.get(place - 1), sought) == 0) {
            place--;
        }
        return place < 0 ? null : sorted.get(place);
    }

    /** Passes the run of one task, if it was recorded. */
    void seen(TaskKind kind, int taskIndex, int attempt, Seen seen) {
        Run run = find(runs, kind, taskIndex, attempt);
        if (run != null) {
            pass(run, seen);
        }
    }

    /** Passes all runs of the job. */
    void allSeen(Seen seen) {
        runs.forEach(run -> pass(run, seen));
    }

    private void pass(Run run, Seen seen) {
        Run since = find(ready, run.kind(), run.taskIndex(), run.attempt());
        seen.ran(1, since == null ? UNKNOWN : since.at(), run.at(), run.runtime());
    }

    @Override
    public long runtime(TaskKind kind, int taskIndex, int attempt) {
        Run run = find(runs, kind, taskIndex, attempt);
        return run == null ? UNKNOWN : run.runtime();
    }

    @Override
    public TaskEnd end(TaskKind kind, int taskIndex, int attempt) {
        Run run = find(runs, kind, taskIndex, attempt);
        return run == null ? TaskEnd.SUCCEEDED : run.end();
    }
}
