package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;

/** What can be assigned at most once: an attempt of a task, or a job's commit or cleanup task. */
public record Offer(long session, long job, TaskKind kind, int index, int attempt) {

    static Offer task(long session, long job, int index, int attempt) {
        return new Offer(session, job, TaskKind.TASK, index, attempt);
    }

    static Offer last(long session, long job, TaskKind kind) {
        return new Offer(session, job, kind, -1, 0);
    }

    public static Offer of(TaskAssignment assignment) {
        return new Offer(
                assignment.getSessionId(),
                assignment.getJobId(),
                assignment.getKind(),
                assignment.getTaskIndex(),
                assignment.getAttempt());
    }
}
