package io.yardmaster.replay.fidelity;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.recording.AssignedTask;

/** An assignment that a played shard made. */
record MadeAssignment(long number, AssignedTask task) {
    Event.AssignmentEnded ended(TaskEnd end, long at) {
        return ended(end, at, 0);
    }

    Event.AssignmentEnded ended(TaskEnd end, long at, long ran) {
        return new Event.AssignmentEnded(
                number,
                task.group(),
                task.job(),
                task.kind(),
                task.taskIndex(),
                task.attempt(),
                task.session(),
                end,
                at,
                ran,
                "",
                null);
    }
}
