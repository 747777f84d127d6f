package io.yardmaster.app.workflow;

import java.util.List;
import java.util.OptionalDouble;

/**
 * An acyclic graph of one or more tasks.
 *
 * @param tasks in the order of the file, so that {@code tasks.get(i).index() == i}
 * @param recordedMakespanSeconds duration of the recorded run from end to end; empty if it was not recorded
 */
public record Workflow(String name, List<WorkflowTask> tasks, OptionalDouble recordedMakespanSeconds) {

    public Workflow {
        tasks = List.copyOf(tasks);
    }
}
