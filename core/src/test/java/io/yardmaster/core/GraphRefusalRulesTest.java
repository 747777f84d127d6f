package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that make no sense are refused as a whole. */
class GraphRefusalRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    static List<Arguments> cycles() {
        return List.of(
                Arguments.of("itself", graph().stage("a", 1, "a"), List.of("a")),
                Arguments.of("pair", graph().stage("a", 1, "b").stage("b", 1, "a"), List.of("a", "b")),
                Arguments.of(
                        "triangle",
                        graph().stage("a", 1, "b").stage("b", 1, "c").stage("c", 1, "a"),
                        List.of("a", "b", "c")),
                Arguments.of(
                        "behind a chain",
                        graph().stage("one", 1)
                                .stage("two", 1, "one, z")
                                .stage("x", 2, "each y")
                                .stage("y", 2, "two, each z")
                                .stage("z", 2, "each x"),
                        List.of("x", "y", "z")),
                Arguments.of(
                        "the rest could run",
                        graph().stage("a", 3)
                                .stage("b", 3, "a")
                                .stage("p", 1, "b, q", When.ANY)
                                .stage("q", 1, "p", When.ENDED)
                                .stage("sink", 1, "p, q"),
                        List.of("p", "q")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cycles")
    void G3_cyclesAreRefusedAndNamed(String name, GraphSketch graph, List<String> stages) {
        assertRefused(graph);
        String reason = graphs.reasons("J").get(0);
        stages.forEach(stage -> assertThat(reason).containsPattern("\\b" + stage + "\\b"));
        if (stages.size() > 1) {
            stages.forEach(stage -> assertThat(reason).contains("after " + stage));
        }
        List.of("one", "sink").forEach(stage -> assertThat(reason).doesNotContain(stage));
    }

    private void assertRefused(GraphSketch graph) {
        assertThat(graphs.submit("J", graph)).contains("J refused").doesNotContain("J BEGAN", "J ENDED");
        assertNothingRuns();
    }

    private void assertNothingRuns() {
        assertThat(graphs.restart().run()).isEmpty();
        assertThat(graphs.core.log().assignments()).isEmpty();
        assertThat(graphs.reasons("J"))
                .singleElement()
                .asString()
                .isNotEmpty()
                .doesNotEndWith(".")
                .doesNotContain("\n");
    }

    @Test
    void G3_anUnknownStageIsRefusedWithTheNearestName() {
        assertRefused(
                graph().stage("extract", 1).stage("transform", 1, "extrcat").stage("load", 1, "transform"));
        assertThat(graphs.reasons("J").get(0))
                .contains("extrcat", "extract", "transform")
                .doesNotContain("load");
    }

    @Test
    void G3_pairsOfDifferentSizesAreRefused() {
        assertRefused(graph().stage("wide", 3).stage("narrow", 2, "each wide"));
        assertThat(graphs.reasons("J").get(0)).contains("wide", "narrow", "3", "2");
    }

    @Test
    void G3_twoStagesOfOneNameAreRefused() {
        assertRefused(graph().stage("twin", 3).stage("b", 2).stage("twin", 3));
        assertThat(graphs.reasons("J").get(0)).contains("twin");
    }

    @Test
    void G3_twoStagesOfOneNameInDifferentPartsAreRefused() {
        graphs.submit("J", graph().stage("twin", 3).stage("b", 2).stage("c", 1).stage("twin", 3), 4);
        assertThat(graphs.reasons("J").get(0)).contains("twin");
        assertNothingRuns();
    }

    @Test
    void G3_graphsWithoutStagesAreRefused() {
        assertRefused(graph());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void G3_stagesWithoutTasksAreRefused(int tasks) {
        assertRefused(graph().stage("a", 1).stage("empty", tasks, "a"));
        assertThat(graphs.reasons("J").get(0)).contains("empty");
    }

    @Test
    void G3_stagesWithoutAnAttemptAreRefused() {
        assertRefused(graph().stage("a", 1).attempts(0, 0));
    }

    @Test
    void G3_negativeBackOffsAreRefused() {
        assertRefused(graph().stage("a", 1).attempts(2, -1));
    }

    @Test
    void G3_moreTasksThanAnIntCountsAreRefused() {
        assertRefused(graph().stage("a", Integer.MAX_VALUE).stage("b", 1));
    }

    @Test
    void G3_asManyTasksAsAnIntCountsAreTaken() {
        graphs.submit("J", graph().stage("a", 1).stage("b", Integer.MAX_VALUE - 1, "a"));
        assertThat(graphs.tick()).containsExactly("J.0");
        graphs.succeed("J.0");
        assertThat(graphs.restart().tick(3)).containsExactly("J.1", "J.2", "J.3");
    }

    @Test
    void G3_moreThanAHundredThousandStagesAreRefused() {
        GraphSketch graph = graph();
        IntStream.rangeClosed(0, 100_000).forEach(i -> graph.stage("s" + i, 1));
        graphs.submit("J", graph, 40);
        assertThat(graphs.reasons("J").get(0)).contains("100,000").contains("stages");
        assertNothingRuns();
    }

    @Test
    void G3_moreThanAMillionDependenciesAreRefused() {
        List<Dependency> all = IntStream.range(0, 1_000)
                .mapToObj(i -> new Dependency("s" + i, false))
                .toList();
        GraphSketch graph = graph();
        IntStream.range(0, 1_000).forEach(i -> graph.stage("s" + i, 1));
        IntStream.rangeClosed(0, 1_000)
                .forEach(i -> graph.stage(new GraphStage("t" + i, 1, all, When.ALL, 1, 0, 0, GraphStage.NO_PAYLOAD)));
        graphs.submit("J", graph, 20);
        assertThat(graphs.reasons("J").get(0)).contains("1,000,000");
        assertNothingRuns();
    }

    @Test
    void G3_aKnownJobGetsNoGraph() {
        graphs.core.ready("A", 0);
        graphs.submit("J", graph().stage("a", 1).stage("b", 1, "a"));
        graphs.news();

        assertThat(graphs.submit("A", graph().stage("a", 2))).containsExactly("dropped A DUPLICATE");
        assertThat(graphs.submit("J", graph().stage("a", 2))).containsExactly("dropped J DUPLICATE");
        assertThat(graphs.restart().run()).containsExactly("A.0", "J.0", "J.1");
        graphs.news();
        assertThat(graphs.submit("J", graph().stage("a", 2))).containsExactly("dropped J DUPLICATE");
        assertThat(graphs.run()).isEmpty();
        assertThat(graphs.core.dropped(EventDropReason.DUPLICATE)).isPositive();
    }

    @Test
    void G3_graphsInPartsBeginWithTheLastOne() {
        GraphSketch graph = graph().stage("c", 1, "b").stage("b", 2, "a").stage("a", 1);
        long job = graphs.core.id("J");
        graphs.submit("K", graph);
        List<String> first = graphs.send(graph.part(job, graphs.core.now(), 0, 1, 0, 3));
        List<String> second = graphs.restart().send(graph.part(job, graphs.core.now(), 1, 2, 1, 3));
        assertThat(first).doesNotContain("J refused");
        assertThat(second).doesNotContain("J refused");
        assertThat(graphs.restart().tick()).containsExactly("K.3");
        assertThat(graphs.send(graph.part(job, graphs.core.now(), 2, 3, 2, 3))).doesNotContain("J refused");
        assertThat(graphs.restart().run()).containsExactly("J.3", "J.1", "J.2", "J.0");
    }

    @Test
    void G3_partsThatAreMissingOrOutOfOrderAreRefused() {
        GraphSketch graph = graph().stage("a", 1).stage("b", 2).stage("c", 1);
        int[][] wrong = {{1, 2}, {0, 3, 2, 3}, {0, 2, 1, 3}, {0, 0}, {-1, 1}, {2, 2}, {0, -1}};
        for (int[] parts : wrong) {
            String job = "J"
                    + String.join(
                            "_", IntStream.of(parts).mapToObj(Integer::toString).toList());
            for (int i = 0; i < parts.length; i += 2) {
                int stage = i / 2;
                graphs.send(
                        graph.part(graphs.core.id(job), graphs.core.now(), stage, stage + 1, parts[i], parts[i + 1]));
            }
            assertThat(graphs.reasons(job)).as(job).hasSize(1);
        }
        assertThat(graphs.restart().run()).isEmpty();
    }

    @Test
    void G3_aPartThatComesAgainChangesNothing() {
        GraphSketch graph = graph().stage("a", 1).stage("b", 2, "a").stage("c", 1, "b");
        for (int part : new int[] {0, 0, 1, 0, 1, 2}) {
            graphs.send(graph.part(graphs.core.id("J"), graphs.core.now(), part, part + 1, part, 3));
        }
        assertThat(graphs.restart().run()).containsExactly("J.0", "J.1", "J.2", "J.3");
        assertThat(graphs.reasons("J")).isEmpty();
    }

    @Test
    void G3_numbersOfPartsAreCheckedBeforeTheyAreKept() {
        GraphSketch bad = graph().stage("a", -1).stage("b", 1).attempts(-5, -7).stage("c", 1);
        graphs.submit("J", bad, 3);
        graphs.restart().submit("K", bad, 2);
        assertThat(graphs.reasons("J")).isNotEmpty();
        assertThat(graphs.reasons("K")).isNotEmpty();
        assertThat(graphs.restart().run()).isEmpty();
    }

    @Test
    void G3_partsOfSeveralJobsMayComeInTurns() {
        GraphSketch graph = graph().stage("a", 1).stage("b", 2, "a").stage("c", 1, "b");
        for (int part = 0; part < 3; part++) {
            for (String job : List.of("J", "K")) {
                graphs.send(graph.part(graphs.core.id(job), graphs.core.now(), part, part + 1, part, 3));
            }
        }
        assertThat(graphs.restart().run()).hasSize(8).startsWith("J.0", "K.0").endsWith("J.3", "K.3");
    }

    @Test
    void G3_aRefusedGraphDisturbsNoOther() {
        graphs.submit("A", graph().stage("a", 2).stage("b", 1, "a"));
        graphs.submit("J", graph().stage("x", 1, "x"));
        graphs.core.ready("B", 0);
        assertThat(graphs.run()).containsExactlyInAnyOrder("A.0", "A.1", "A.2", "B.0");
    }
}
