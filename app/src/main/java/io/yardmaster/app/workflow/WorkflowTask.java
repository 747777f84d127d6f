package io.yardmaster.app.workflow;

import java.util.List;

/**
 * A task of a workflow.
 *
 * @param index its place in the workflow, from 0; the task index of the contract
 * @param id unique in the workflow
 * @param name names its kind of work; many tasks may share it
 * @param parents indices of the tasks that must be done first, ascending
 * @param children indices of the tasks that wait for this one, ascending
 * @param runtimeSeconds its recorded runtime, 0 if none was recorded
 */
public record WorkflowTask(
        int index, String id, String name, List<Integer> parents, List<Integer> children, double runtimeSeconds) {

    public WorkflowTask {
        parents = List.copyOf(parents);
        children = List.copyOf(children);
    }
}
