package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;

/** A task of a job; -1 is the index of its commit and of its cleanup task. */
public record TaskKey(long job, TaskKind kind, int index) {
    static TaskKey of(TaskAssignment assignment) {
        return new TaskKey(assignment.getJobId(), assignment.getKind(), assignment.getTaskIndex());
    }

    static TaskKey of(TaskOutcome outcome) {
        return new TaskKey(outcome.getJobId(), outcome.getKind(), outcome.getTaskIndex());
    }
}
