package io.yardmaster.app.demo;

import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.schemas.TaskKind;

/** A workflow that is to be run once, for a resource group. */
public record SubmittedJob(long id, long resourceGroup, Workflow workflow) {

    /** A task of this job as people know it. */
    public String nameOf(TaskKind kind, int index) {
        return switch (kind) {
            case TASK ->
                index < 0 || index >= workflow.tasks().size()
                        ? "task " + index
                        : "task %s (%s)"
                                .formatted(index, workflow.tasks().get(index).name());
            case COMMIT -> "its commit task";
            case CLEANUP -> "its cleanup task";
        };
    }
}
