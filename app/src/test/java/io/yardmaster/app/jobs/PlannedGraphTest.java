package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.app.workflow.InputTooLargeException;
import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannedGraphTest {
    private static final int PART = 700_000;

    private static PlannedGraph graph(Workflow workflow, int partBytes) {
        return new PlannedGraph("w.json", new PlannedJob(7, 3, WorkflowPlan.of("w.json", workflow, 4)), partBytes);
    }

    @Test
    void eachTaskOfAWorkflowIsAStageThatWaitsForItsParentsStages() {
        JobGraph graph = graph(Workflows.diamond(), PART).parts().get(0);

        assertThat(graph)
                .extracting(
                        JobGraph::getJobId,
                        JobGraph::getResourceGroupId,
                        JobGraph::getSessionId,
                        JobGraph::getCommit,
                        JobGraph::getCleanup,
                        JobGraph::getPart,
                        JobGraph::getParts)
                .containsExactly(7L, 3L, -1L, true, true, 0, 1);
        assertThat(graph.getStages())
                .extracting(Stage::getName, Stage::getTasks, Stage::getAttempts, PlannedGraphTest::after)
                .containsExactly(
                        tuple("t0", 1, 4, List.of()),
                        tuple("t1", 1, 4, List.of("t0")),
                        tuple("t2", 1, 4, List.of("t0")),
                        tuple("t3", 1, 4, List.of("t1", "t2")));
    }

    private static List<String> after(Stage stage) {
        return stage.getAfter().stream().map(after -> after.getStage()).toList();
    }

    @Test
    void aGraphHasTheTermsOfItsPlan() {
        Stage stage = new Stage(
                "a",
                5,
                List.of(),
                When.ALL,
                1,
                0L,
                0L,
                ByteBuffer.wrap(new byte[100]),
                Map.of(),
                "",
                0,
                Map.of(),
                false);
        JobPlan.Terms terms = new JobPlan.Terms(OptionalLong.of(9), 5, false, false, OnFailure.CONTINUE);
        List<JobGraph> parts =
                new PlannedGraph("j.yaml", new PlannedJob(7, 9, new JobPlan("j", terms, List.of(stage))), PART).parts();

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0))
                .extracting(
                        JobGraph::getResourceGroupId,
                        JobGraph::getPriority,
                        JobGraph::getCommit,
                        JobGraph::getCleanup,
                        JobGraph::getOnFailure)
                .containsExactly(9L, 5, false, false, OnFailure.CONTINUE);
    }

    @Test
    void aGraphThatDoesNotFitComesInPartsThatDo() throws Exception {
        Workflow workflow = Workflows.flat(500);

        List<JobGraph> parts = graph(workflow, 1_000).parts();

        assertThat(parts).hasSizeGreaterThan(10);
        assertThat(parts).extracting(JobGraph::getParts).containsOnly(parts.size());
        assertThat(parts)
                .extracting(JobGraph::getPart)
                .containsExactlyElementsOf(
                        IntStream.range(0, parts.size()).boxed().toList());
        assertThat(parts.stream().flatMap(part -> part.getStages().stream()).map(Stage::getName))
                .containsExactlyElementsOf(
                        workflow.tasks().stream().map(WorkflowTask::id).toList());
        for (JobGraph part : parts) {
            assertThat(JobGraph.getEncoder().encode(part).remaining()).isLessThan(1_000 + 100);
        }
    }

    @Test
    void payloadsCountForTheSizeOfAPart() throws Exception {
        List<Stage> stages = IntStream.range(0, 20)
                .mapToObj(i -> new Stage(
                        "s" + i,
                        1,
                        List.of(),
                        When.ALL,
                        1,
                        0L,
                        0L,
                        ByteBuffer.wrap(new byte[300]),
                        Map.of(),
                        "",
                        0,
                        Map.of(),
                        false))
                .toList();
        JobPlan.Terms terms = new JobPlan.Terms(OptionalLong.empty(), 0, false, false, OnFailure.STOP);

        for (JobGraph part :
                new PlannedGraph("j.yaml", new PlannedJob(7, 1, new JobPlan("j", terms, stages)), 1_000).parts()) {
            assertThat(JobGraph.getEncoder().encode(part).remaining()).isLessThan(1_000 + 100);
        }
    }

    @Test
    void whatTheSchedulerWouldRefuseAsTooLargeIsRefusedBefore() {
        assertRefused(Workflows.flat(GraphLimits.STAGES + 1), PART, "has 100001 tasks, and a job may have 100000");
        int[][] dense = new int[1_500][];
        for (int task = 0; task < dense.length; task++) {
            dense[task] = IntStream.range(0, task).toArray();
        }
        assertRefused(Workflows.of(dense), PART, "has 1124250 dependencies, and a job may have 1000000");
        WorkflowTask longName = new WorkflowTask(0, "x".repeat(201), "x", List.of(), List.of(), 1);
        assertRefused(
                new Workflow("w", List.of(longName), OptionalDouble.empty()),
                PART,
                "the id of task 0 has 201 characters, and may have 200");
        List<int[]> join = new ArrayList<>(
                IntStream.range(0, 100).mapToObj(task -> new int[0]).toList());
        join.add(IntStream.range(0, 100).toArray());
        assertRefused(
                Workflows.of(join.toArray(int[][]::new)),
                500,
                "'t100' waits for 100 others, whose names do not fit into one record");
        assertRefused(Workflows.flat(3_000), 100, "takes 2995 records, and a job may take 1000");
    }

    private static void assertRefused(Workflow workflow, int partBytes, String line) {
        assertThatThrownBy(() -> graph(workflow, partBytes))
                .isInstanceOf(InputTooLargeException.class)
                .hasMessage("w.json: " + line);
    }
}
