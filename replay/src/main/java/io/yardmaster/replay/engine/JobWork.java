package io.yardmaster.replay.engine;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.report.GroupFigures;

/** A job of the day that has not ended. */
final class JobWork {
    final GroupFigures group;
    final long begunAt;
    RecordedWork work = RecordedWork.NONE;
    long tasks;
    int priority;

    JobWork(GroupFigures group, long begunAt) {
        this.group = group;
        this.begunAt = begunAt;
    }

    /** Takes what an event brings. */
    void arrived(long more, RecordedWork recorded) {
        tasks += more;
        if (recorded != RecordedWork.NONE) {
            work = recorded;
        }
    }

    /** The duration of a task in ms; commit and cleanup tasks of which nothing is known take no time. */
    long runtime(DispatchedTask task, long unless) {
        long runtime = work.runtime(task.kind(), task.taskIndex(), task.attempt());
        return runtime != RecordedWork.UNKNOWN ? runtime : task.kind() == TaskKind.TASK ? unless : 0;
    }
}
