package io.yardmaster.app.jobs;

import io.yardmaster.app.workflow.InputTooLargeException;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The graph of a job as records, each of which is small enough to be sent. */
public final class PlannedGraph {
    /** More than a stage takes besides names and payload. */
    private static final int STAGE_BYTES = 48;
    /** More than a dependency takes besides the name of the other stage. */
    private static final int DEPENDENCY_BYTES = 4;

    private final PlannedJob job;
    private final List<List<Stage>> divided = new ArrayList<>();

    /**
     * The graph of a job.
     *
     * @param file of the job, for messages
     * @param partBytes the most bytes that the stages of one part may take
     * @throws InputTooLargeException if it cannot be divided so, or has too many parts
     */
    public PlannedGraph(String file, PlannedJob job, int partBytes) {
        this.job = job;
        long left = 0;
        for (Stage stage : job.plan().stages()) {
            long bytes = bytes(stage);
            if (bytes > partBytes) {
                throw new InputTooLargeException("%s: '%s' waits for %s others, whose names do not fit into one record"
                        .formatted(file, stage.getName(), stage.getAfter().size()));
            }
            if (bytes > left) {
                divided.add(new ArrayList<>());
                left = partBytes;
            }
            divided.get(divided.size() - 1).add(stage);
            left -= bytes;
        }
        if (divided.size() > GraphLimits.PARTS) {
            throw new InputTooLargeException(
                    "%s: takes %s records, and a job may take %s".formatted(file, divided.size(), GraphLimits.PARTS));
        }
    }

    public PlannedJob job() {
        return job;
    }

    /** The parts of the graph, in the order in which they must be sent. */
    public List<JobGraph> parts() {
        JobPlan.Terms terms = job.plan().terms();
        List<JobGraph> parts = new ArrayList<>(divided.size());
        for (List<Stage> stages : divided) {
            parts.add(JobGraph.newBuilder()
                    .setResourceGroupId(job.resourceGroup())
                    .setJobId(job.id())
                    .setPriority(terms.priority())
                    .setCommit(terms.commit())
                    .setCleanup(terms.cleanup())
                    .setOnFailure(terms.onFailure())
                    .setStages(stages)
                    .setPart(parts.size())
                    .setParts(divided.size())
                    .setName(name())
                    .build());
        }
        return parts;
    }

    /** That of a workflow has any length. */
    private String name() {
        String name = job.plan().name();
        return name.substring(0, Math.min(name.length(), GraphLimits.JOB_NAME));
    }

    private static long bytes(Stage stage) {
        long bytes =
                utf8(stage.getName()) + (long) STAGE_BYTES + stage.getPayload().remaining();
        for (String limit : stage.getNeeds().keySet()) {
            bytes += utf8(limit) + (long) DEPENDENCY_BYTES;
        }
        for (StageDependency dependency : stage.getAfter()) {
            bytes += utf8(dependency.getStage()) + (long) DEPENDENCY_BYTES;
        }
        return bytes;
    }

    private static int utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
