package io.yardmaster.replay.recording;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.TaskKind;
import java.util.Locale;

/**
 * One try of a task in a session.
 *
 * @param taskIndex -1 unless {@code kind} is {@link TaskKind#TASK}
 */
public record AssignedTask(long session, long group, long job, TaskKind kind, int taskIndex, int attempt) {
    /** The one that the core assigned. */
    public static AssignedTask of(DispatchedTask task) {
        return new AssignedTask(
                task.session(), task.group(), task.job(), task.kind(), task.taskIndex(), task.attempt());
    }

    /** For people: {@code task 3 of job 7 (group 2)}. */
    @Override
    public String toString() {
        String what = kind == TaskKind.TASK
                ? "task " + taskIndex
                : "the " + kind.name().toLowerCase(Locale.ROOT) + " task";
        return what + " of job " + job + " (group " + group + (attempt > 0 ? ", attempt " + attempt : "") + ")";
    }
}
