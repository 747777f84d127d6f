package io.yardmaster.app.jobs;

import io.yardmaster.app.workflow.InputTooLargeException;
import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Makes a plan of a workflow: a stage for each task, so that a task's index is its place in the file. */
public final class WorkflowPlan {
    private static final long NO_BACKOFF = 0;
    private static final long NO_TIMEOUT = 0;
    private static final JobPlan.Terms TERMS = new JobPlan.Terms(OptionalLong.empty(), 0, true, true, OnFailure.STOP);

    private WorkflowPlan() {}

    /**
     * The plan of a workflow.
     *
     * @param file of the workflow, for messages
     * @param attempts how often a task that fails is tried
     * @throws InputTooLargeException if the scheduler would refuse the graph, as it is too large
     */
    public static JobPlan of(String file, Workflow workflow, int attempts) {
        List<WorkflowTask> tasks = workflow.tasks();
        check(file, tasks);
        return new JobPlan(
                workflow.name(),
                TERMS,
                tasks.stream().map(task -> stage(tasks, task, attempts)).toList(),
                tasks.stream().map(WorkflowTask::name).toList(),
                tasks.stream().mapToDouble(WorkflowTask::runtimeSeconds).toArray());
    }

    private static void check(String file, List<WorkflowTask> tasks) {
        if (tasks.size() > GraphLimits.STAGES) {
            throw tooLarge(file, "has %s tasks, and a job may have %s".formatted(tasks.size(), GraphLimits.STAGES));
        }
        long dependencies =
                tasks.stream().mapToLong(task -> task.parents().size()).sum();
        if (dependencies > GraphLimits.DEPENDENCIES) {
            throw tooLarge(
                    file,
                    "has %s dependencies, and a job may have %s".formatted(dependencies, GraphLimits.DEPENDENCIES));
        }
        for (WorkflowTask task : tasks) {
            if (task.id().length() > GraphLimits.STAGE_NAME) {
                throw tooLarge(
                        file,
                        "the id of task %s has %s characters, and may have %s"
                                .formatted(task.index(), task.id().length(), GraphLimits.STAGE_NAME));
            }
        }
    }

    private static InputTooLargeException tooLarge(String file, String what) {
        return new InputTooLargeException(file + ": " + what);
    }

    private static Stage stage(List<WorkflowTask> tasks, WorkflowTask task, int attempts) {
        List<StageDependency> after = task.parents().stream()
                .map(parent -> new StageDependency(tasks.get(parent).id(), false))
                .toList();
        return new Stage(
                task.id(),
                1,
                after,
                When.ALL,
                attempts,
                NO_BACKOFF,
                NO_TIMEOUT,
                Payload.NONE,
                Map.of(),
                "",
                0,
                Map.of(),
                false);
    }
}
