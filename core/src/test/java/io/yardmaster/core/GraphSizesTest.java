package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.TaskEnd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Graphs of thousands of tasks. */
class GraphSizesTest {
    private static final int LAYERS = 10;
    private static final int WIDTH = 1_000;

    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    @Test
    void G2_tenLayersOfAThousandTasksEndAsInASimulation() {
        GraphSketch graph = layers("", List.of(When.ALL, When.ANY, When.ENDED));
        // Whole stages fail or succeed.
        simulate(graph, task -> task / WIDTH % 4 == 1);
    }

    @Test
    void G2_tenLayersOfAThousandPairsEndAsInASimulation() {
        GraphSketch graph = layers("each ", List.of(When.ALL, When.ANY));
        simulate(graph, task -> (task * 31 + task / 7) % 50 == 3);
    }

    private static GraphSketch layers(String edge, List<When> rules) {
        GraphSketch graph = graph().goesOn();
        for (int layer = 0; layer < LAYERS; layer++) {
            String after =
                    layer == 0 ? "" : edge + "l" + (layer - 1) + (layer < 3 ? "" : ", " + edge + "l" + (layer - 3));
            graph.stage("l" + layer, WIDTH, after, rules.get(layer % rules.size()));
        }
        return graph;
    }

    private interface Failing {
        boolean fails(int task);
    }

    private void simulate(GraphSketch graph, Failing failing) {
        NaiveGraph.Outcomes outcomes = (task, attempt) -> failing.fails(task) ? TaskEnd.FAILED : TaskEnd.SUCCEEDED;
        Map<Integer, TaskEnd> expected = new NaiveGraph(graph.stages(), outcomes).ends();
        graphs.submit("J", graph);

        List<String> offered = graphs.runWith(made -> outcomes.of(made.taskIndex(), made.attempt()));

        assertThat(graphs.ends("J")).isEqualTo(expected);
        assertThat(expected.values()).contains(TaskEnd.SUCCEEDED, TaskEnd.FAILED, TaskEnd.KILLED);
        assertThat(offered).doesNotHaveDuplicates();
    }

    @Test
    void G2_tenThousandFlatTasks() {
        graphs.submit("J", graph().stage("flat", LAYERS * WIDTH));
        assertThat(graphs.run()).containsExactly(texts("J", 0, LAYERS * WIDTH));
        assertThat(graphs.ends("J")).hasSize(LAYERS * WIDTH).containsValue(TaskEnd.SUCCEEDED);
        assertThat(graphs.news()).contains("J SUCCEEDED", "J ENDED");
    }
}
