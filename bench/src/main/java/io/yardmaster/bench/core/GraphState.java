package io.yardmaster.bench.core;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import java.util.List;
import java.util.Random;

/** The bytes in the storage, keys included, of graphs of which nothing has run. */
public final class GraphState {
    public static final int TASKS = 1_000_000;
    public static final int STAGES = 100_000;
    private static final long SEED = 42;

    private GraphState() {}

    /** The bytes for one of the tasks of an array, which wait for one task. */
    public static double bytesPerBlockedTask() {
        List<GraphStage> stages = List.of(
                GraphShape.stage("first", 1, List.of()),
                GraphShape.stage("array", TASKS, List.of(new Dependency("first", false))));
        return (double) bytes(stages) / TASKS;
    }

    /** The bytes for one of many stages of one task, each of which waits for up to two others. */
    public static double bytesPerStage() {
        return (double) bytes(GraphShape.singles(STAGES, new Random(SEED))) / STAGES;
    }

    private static long bytes(List<GraphStage> stages) {
        GraphJobs jobs = new GraphJobs();
        jobs.submit(1, stages);
        return jobs.stateBytes();
    }
}
