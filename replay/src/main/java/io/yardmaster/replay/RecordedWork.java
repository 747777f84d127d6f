package io.yardmaster.replay;

import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;

/** The recording of the tasks of one job: their durations, their results, and when they ran. Asked in any order, and repeatedly. */
public interface RecordedWork {
    /** A time that was not recorded. */
    long UNKNOWN = -1;

    /** A recording that knows nothing. */
    RecordedWork NONE = (kind, taskIndex, attempt) -> UNKNOWN;

    /** The duration of this attempt, in ms, 0 or more; {@link #UNKNOWN} if it was not recorded. */
    long runtime(TaskKind kind, int taskIndex, int attempt);

    /** The result of this attempt. */
    default TaskEnd end(TaskKind kind, int taskIndex, int attempt) {
        return TaskEnd.SUCCEEDED;
    }

    /** The name of the kind of work, whose durations a replay may draw from each other; empty if there is none. */
    default String kindOfWork(TaskKind kind, int taskIndex) {
        return "";
    }

    /** Passes the times at which the event's own tasks ran on that day, as far as they were recorded. */
    default void seen(Seen seen) {}

    /** Takes tasks as they ran on the recorded day. */
    interface Seen {
        /**
         * Some tasks that ran at the same time.
         *
         * @param tasks 1 or more
         * @param readyAt epoch ms; {@link #UNKNOWN} if it was not recorded
         * @param startedAt epoch ms
         * @param runtime in ms, 0 or more
         */
        void ran(int tasks, long readyAt, long startedAt, long runtime);
    }
}
