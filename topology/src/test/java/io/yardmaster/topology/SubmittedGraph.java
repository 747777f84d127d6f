package io.yardmaster.topology;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Graphs of jobs of {@link SchedulerDriver#GROUP} for tests. */
final class SubmittedGraph {
    private SubmittedGraph() {}

    static JobGraph of(long job, Stage... stages) {
        return with(job, builder -> builder, stages);
    }

    static JobGraph with(long job, UnaryOperator<JobGraph.Builder> more, Stage... stages) {
        return more.apply(JobGraph.newBuilder()
                        .setResourceGroupId(SchedulerDriver.GROUP)
                        .setJobId(job)
                        .setOnFailure(OnFailure.STOP)
                        .setStages(List.of(stages)))
                .build();
    }

    /** A stage that waits for all of others. */
    static Stage stage(String name, int tasks, String... after) {
        return stage(name, tasks, When.ALL, after);
    }

    static Stage stage(String name, int tasks, When when, String... after) {
        return new Stage(
                name, tasks, dependencies(after), when, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
    }

    /** A stage whose tasks need units of limits. */
    static Stage needing(String name, int tasks, Map<String, Long> needs) {
        return new Stage(name, tasks, List.of(), When.ALL, 1, 0L, 0L, Payload.NONE, needs, "", 0, Map.of(), false);
    }

    /** A stage of a pool. */
    static Stage pooled(String name, int tasks, String pool, String... after) {
        return new Stage(
                name,
                tasks,
                dependencies(after),
                When.ALL,
                1,
                0L,
                0L,
                Payload.NONE,
                Map.of(),
                pool,
                0,
                Map.of(),
                false);
    }

    /** A stage of which each task is tried as often, as soon as it has failed. */
    static Stage tried(String name, int tasks, int attempts, String... after) {
        return new Stage(
                name,
                tasks,
                dependencies(after),
                When.ALL,
                attempts,
                0L,
                0L,
                Payload.NONE,
                Map.of(),
                "",
                0,
                Map.of(),
                false);
    }

    private static List<StageDependency> dependencies(String... after) {
        return Arrays.stream(after)
                .map(name -> new StageDependency(name, false))
                .toList();
    }

    /** {@code a} before {@code b} and {@code c}, both before {@code d}; indices 0 to 3. */
    static JobGraph diamond(long job) {
        return diamond(job, builder -> builder);
    }

    static JobGraph diamond(long job, UnaryOperator<JobGraph.Builder> more) {
        return with(job, more, stage("a", 1), stage("b", 1, "a"), stage("c", 1, "a"), stage("d", 1, "b", "c"));
    }
}
