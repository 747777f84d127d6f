package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphDrawingTest {
    private static String drawing(JobPlan plan) {
        return String.join("\n", GraphDrawing.of(plan)) + "\n";
    }

    @Test
    void stagesAreDrawnByLevelWithWhatTheyWaitFor() {
        assertThat(drawing(Stages.nightly()))
                .isEqualTo(
                        """
                        job: 4 stages, 402 tasks in 4 levels
                           1  split
                           2  render x200  after split; 3 attempts
                           3  check x200   after each render
                           4  publish      after check
                        critical path: 4 stages one after another: split -> render -> check -> publish
                        """);
    }

    @Test
    void whatAUserHasSetIsShown() {
        JobPlan.Terms terms = new JobPlan.Terms(OptionalLong.of(7), 5, false, false, OnFailure.CONTINUE);
        Stage late = new Stage(
                "late",
                1,
                List.of(new StageDependency("a", false), new StageDependency("b", false)),
                When.ENDED,
                2,
                90_000L,
                600_000L,
                Payload.NONE,
                Map.of(),
                "",
                0,
                Map.of(),
                false);
        JobPlan plan = new JobPlan(
                "night",
                terms,
                List.of(late, Stages.stage("a", 1), Stages.stage("b", 3), Stages.stage("one", 1, When.ANY, 1, "b")));
        assertThat(drawing(plan))
                .isEqualTo(
                        """
                        night: 4 stages, 6 tasks in 2 levels, group 7, priority 5, continues when a task has failed
                           1  a
                              b x3
                           2  late  after the end of a, b; 2 attempts, the second 1m 30s later; at most 10m
                              one   after any of b
                        critical path: 2 stages one after another: a -> late
                        """);
    }

    @Test
    void tasksOfAKindAreOneLineAndThePathIsTheLongestByTime() {
        List<WorkflowTask> tasks = List.of(
                new WorkflowTask(0, "s", "split", List.of(), List.of(1, 2), 1),
                new WorkflowTask(1, "w1", "work", List.of(0), List.of(3), 2),
                new WorkflowTask(2, "w2", "work", List.of(0), List.of(3), 5.5),
                new WorkflowTask(3, "m", "merge", List.of(1, 2), List.of(), 0),
                new WorkflowTask(4, "alone", "work", List.of(), List.of(), 3));
        assertThat(drawing(WorkflowPlan.of("w", new Workflow("flow", tasks, OptionalDouble.empty()), 1)))
                .isEqualTo(
                        """
                        flow: 5 tasks in 3 levels
                           1  split
                              work
                           2  work x2  after split
                           3  merge    after work
                        critical path: 2 tasks, which took 6.5 s: s -> w2
                        """);
    }

    @Test
    void aLargeGraphIsDrawnInABoundedNumberOfLines() {
        Stage[] chain = IntStream.range(0, 5_000)
                .mapToObj(i -> i == 0 ? Stages.stage("s0", 1) : Stages.stage("s" + i, 1, "s" + (i - 1)))
                .toArray(Stage[]::new);
        List<String> lines = GraphDrawing.of(Stages.plan(chain));
        assertThat(lines).hasSize(203).contains("      and 4800 lines more");
        assertThat(lines.get(202))
                .isEqualTo("critical path: 5000 stages one after another: s0 -> s1 -> s2 -> s3 -> (4992 more) ->"
                        + " s4996 -> s4997 -> s4998 -> s4999");
    }
}
