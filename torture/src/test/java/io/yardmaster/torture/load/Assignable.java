package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;

/** A unit that can be assigned at most once: an attempt of a task, or a job's commit or cleanup task. */
public record Assignable(long session, long job, TaskKind kind, int index, int attempt) {

    static Assignable task(long session, long job, int index, int attempt) {
        return new Assignable(session, job, TaskKind.TASK, index, attempt);
    }

    static Assignable last(long session, long job, TaskKind kind) {
        return new Assignable(session, job, kind, -1, 0);
    }

    public static Assignable of(TaskAssignment assignment) {
        return new Assignable(
                assignment.getSessionId(),
                assignment.getJobId(),
                assignment.getKind(),
                assignment.getTaskIndex(),
                assignment.getAttempt());
    }
}
