package io.yardmaster.app.workflow;

import java.util.List;
import java.util.OptionalDouble;

/**
 * An acyclic graph of one or more tasks.
 *
 * @param tasks in the order of the file, so that {@code tasks.get(i).index() == i}
 * @param recordedMakespanSeconds how long the recorded run took from end to end, where that was recorded
 */
public record Workflow(String name, List<WorkflowTask> tasks, OptionalDouble recordedMakespanSeconds) {

    public Workflow {
        tasks = List.copyOf(tasks);
    }
}
