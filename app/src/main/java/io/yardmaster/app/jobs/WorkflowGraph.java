package io.yardmaster.app.jobs;

import io.yardmaster.app.workflow.InputTooLargeException;
import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The graph of a workflow: a stage for each task, so that a task's index is its place in the file. */
public final class WorkflowGraph {
    private static final long NO_BACKOFF = 0;
    private static final long NO_TIMEOUT = 0;
    /** More than a stage takes besides names. */
    private static final int STAGE_BYTES = 32;
    /** More than a dependency takes besides the name of the other stage. */
    private static final int DEPENDENCY_BYTES = 4;

    private final String file;
    private final SubmittedJob job;
    private final Workflow workflow;
    private final int attempts;
    private final int partBytes;

    /**
     * The graph of a job.
     *
     * @param file of the job's workflow, for messages
     * @param attempts how often a task that fails is tried
     * @param partBytes the most bytes that the stages of one part may take
     * @throws InputTooLargeException if the scheduler would refuse the graph, as it is too large
     */
    public WorkflowGraph(String file, SubmittedJob job, int attempts, int partBytes) {
        this.file = file;
        this.job = job;
        this.workflow = job.workflow();
        this.attempts = attempts;
        this.partBytes = partBytes;
        check();
    }

    private void check() {
        List<WorkflowTask> tasks = workflow.tasks();
        if (tasks.size() > GraphLimits.STAGES) {
            throw tooLarge("has %s tasks, and a job may have %s".formatted(tasks.size(), GraphLimits.STAGES));
        }
        long dependencies =
                tasks.stream().mapToLong(task -> task.parents().size()).sum();
        if (dependencies > GraphLimits.DEPENDENCIES) {
            throw tooLarge(
                    "has %s dependencies, and a job may have %s".formatted(dependencies, GraphLimits.DEPENDENCIES));
        }
        for (WorkflowTask task : tasks) {
            if (task.id().length() > GraphLimits.STAGE_NAME) {
                throw tooLarge("the id of task %s has %s characters, and may have %s"
                        .formatted(task.index(), task.id().length(), GraphLimits.STAGE_NAME));
            }
            if (bytes(task) > partBytes) {
                throw tooLarge("task '%s' waits for %s others, whose ids do not fit into one record"
                        .formatted(task.id(), task.parents().size()));
            }
        }
    }

    private InputTooLargeException tooLarge(String what) {
        return new InputTooLargeException(file + ": " + what);
    }

    /** The parts of the graph, in the order in which they must be sent. */
    public List<JobGraph> parts() {
        List<List<Stage>> divided = divided();
        List<JobGraph> parts = new ArrayList<>(divided.size());
        for (List<Stage> stages : divided) {
            parts.add(JobGraph.newBuilder()
                    .setResourceGroupId(job.resourceGroup())
                    .setJobId(job.id())
                    .setCommit(true)
                    .setCleanup(true)
                    .setOnFailure(OnFailure.STOP)
                    .setStages(stages)
                    .setPart(parts.size())
                    .setParts(divided.size())
                    .build());
        }
        return parts;
    }

    private List<List<Stage>> divided() {
        List<List<Stage>> parts = new ArrayList<>();
        long left = 0;
        for (WorkflowTask task : workflow.tasks()) {
            long bytes = bytes(task);
            if (bytes > left) {
                parts.add(new ArrayList<>());
                left = partBytes;
            }
            parts.get(parts.size() - 1).add(stage(task));
            left -= bytes;
        }
        return parts;
    }

    private Stage stage(WorkflowTask task) {
        List<StageDependency> after = task.parents().stream()
                .map(parent -> new StageDependency(workflow.tasks().get(parent).id(), false))
                .toList();
        return new Stage(task.id(), 1, after, When.ALL, attempts, NO_BACKOFF, NO_TIMEOUT, Payload.NONE);
    }

    private long bytes(WorkflowTask task) {
        long bytes = utf8(task) + (long) STAGE_BYTES;
        for (int parent : task.parents()) {
            bytes += utf8(workflow.tasks().get(parent)) + (long) DEPENDENCY_BYTES;
        }
        return bytes;
    }

    private static int utf8(WorkflowTask task) {
        return task.id().getBytes(StandardCharsets.UTF_8).length;
    }
}
