package io.yardmaster.replay.recording;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.RecordedWork;

/** The runs of a job, of which an event made some tasks ready. */
record EventWork(JobRuns runs, Event event) implements RecordedWork {
    private static final int NO_TASK = -1;

    @Override
    public long runtime(TaskKind kind, int taskIndex, int attempt) {
        return runs.runtime(kind, taskIndex, attempt);
    }

    @Override
    public TaskEnd end(TaskKind kind, int taskIndex, int attempt) {
        return runs.end(kind, taskIndex, attempt);
    }

    @Override
    public void seen(Seen seen) {
        if (event instanceof Event.TasksReady ready) {
            for (int index : ready.indices()) {
                runs.seen(TaskKind.TASK, index, ready.attempt(), seen);
            }
        } else if (event instanceof Event.CommitReady) {
            runs.seen(TaskKind.COMMIT, NO_TASK, 0, seen);
        } else if (event instanceof Event.CleanupReady) {
            runs.seen(TaskKind.CLEANUP, NO_TASK, 0, seen);
        } else if (event instanceof Event.GraphSubmitted graph && graph.part() == graph.parts() - 1) {
            runs.allSeen(seen);
        }
    }
}
