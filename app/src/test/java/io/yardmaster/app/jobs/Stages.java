package io.yardmaster.app.jobs;

import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Stages for tests. */
final class Stages {
    private Stages() {}

    /** @param after names, with "each " before those whose tasks are paired */
    static Stage stage(String name, int tasks, When when, int attempts, String... after) {
        List<StageDependency> dependencies = Stream.of(after)
                .map(one -> new StageDependency(one.replace("each ", ""), one.startsWith("each ")))
                .toList();
        return new Stage(
                name, tasks, dependencies, when, attempts, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
    }

    static Stage stage(String name, int tasks, String... after) {
        return stage(name, tasks, When.ALL, 1, after);
    }

    static JobPlan plan(Stage... stages) {
        return plan(OnFailure.STOP, stages);
    }

    /** A plan without a commit and a cleanup task. */
    static JobPlan plan(OnFailure onFailure, Stage... stages) {
        return new JobPlan("job", new JobPlan.Terms(OptionalLong.empty(), 0, false, false, onFailure), List.of(stages));
    }

    /** One stage, then 200 tasks, then 200 of which each waits for one of those, then one. */
    static JobPlan nightly() {
        return plan(
                stage("split", 1),
                stage("render", 200, When.ALL, 3, "split"),
                stage("check", 200, "each render"),
                stage("publish", 1, "check"));
    }
}
