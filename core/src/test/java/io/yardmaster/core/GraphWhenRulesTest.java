package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks of a graph that run, their order, and the tasks that are killed instead. */
class GraphWhenRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    /** Five stages of one task, of which 2 and 4 fail; one of them waits for others. */
    private static GraphSketch fiveStages(int waiting, String after, When when) {
        GraphSketch graph = graph().goesOn();
        for (int i = 0; i < 5; i++) {
            graph.stage("s" + i, 1, i == waiting ? after : "", when);
        }
        return graph;
    }

    private static String names(String numbers) {
        return Arrays.stream(numbers.split(" ")).map(number -> "s" + number).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource({"0,1,'0,1,3'", "1,2,'0,3'", "3,2 4,'0,1'", "3,1 2 4,'0,1,3'", "0,1 2 3 4,'0,1,3'"})
    void G2_anyWantsOneDependencyToSucceed(int waiting, String after, String passed) {
        check(fiveStages(waiting, names(after), When.ANY), passed);
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,'0,1,3'",
        "1,0 3,'0,1,3'",
        "3,2,'0,1'",
        "0,3 4,'1,3'",
        "3,0 1 2,'0,1'",
        "1,0 2 3 4,'0,3'",
    })
    void G2_allWantsEveryDependencyToSucceed(int waiting, String after, String passed) {
        check(fiveStages(waiting, names(after), When.ALL), passed);
    }

    private void check(GraphSketch graph, String passed) {
        graphs.submit("J", graph);

        List<String> ran = graphs.restart().run("J.2", "J.4");

        assertThat(graphs.passed("J")).isEqualTo(passed);
        assertThat(graphs.tasks("J", TaskEnd.FAILED)).isEqualTo("2,4");
        assertThat(graphs.ends("J")).hasSize(5);
        assertThat(ran).doesNotHaveDuplicates().hasSize(passed.split(",").length + 2);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "3,2 4", "0,1 2 3 4"})
    void G2_endedWantsNothing(int waiting, String after) {
        check(fiveStages(waiting, names(after), When.ENDED), "0,1,3");
    }

    @Test
    void G2_stagesWithoutDependenciesRunAtOnce() {
        graphs.submit("J", graph().stage("a", 2).stage("b", 1, "", When.ANY).stage("c", 1, "", When.ENDED));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("J.0", "J.1", "J.2", "J.3");
    }

    @Test
    void G2_aChainWhoseFirstFailsIsKilledInTheSameDecision() {
        graphs.submit("J", chain("a", "b", "c", "d", "e").goesOn());
        graphs.tick();

        List<String> news = graphs.fail("J.0");

        assertThat(news).contains("J failed", "J ENDED");
        assertThat(graphs.killed("J")).isEqualTo("1,2,3,4");
        assertThat(graphs.tick()).isEmpty();
        assertThat(graphs.reasons("J")).anySatisfy(reason -> assertThat(reason).contains("a"));
        assertThat(graphs.reasons("J"))
                .allSatisfy(reason ->
                        assertThat(reason).isNotEmpty().doesNotEndWith(".").doesNotContain("\n"));
    }

    private static GraphSketch chain(String... names) {
        GraphSketch graph = graph();
        for (int i = 0; i < names.length; i++) {
            graph.stage(names[i], 1, i == 0 ? "" : names[i - 1]);
        }
        return graph;
    }

    @Test
    void G2_theReasonOfAKillNamesTheDependency() {
        graphs.submit("J", graph().goesOn().stage("fetch", 1).stage("other", 1).stage("unpack", 1, "other, fetch"));
        graphs.tick();
        graphs.succeed("J.1");
        graphs.fail("J.0");

        List<String> reasons = graphs.core.log().all().stream()
                .filter(Decision.TasksKilled.class::isInstance)
                .map(decision -> ((Decision.TasksKilled) decision).reason())
                .toList();
        assertThat(reasons).singleElement().asString().contains("fetch").doesNotContain("other");
    }

    @Test
    void G2_theReasonOfAKillNamesTheDependencyOfTheTaskThatItWaitsForAlone() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("fetch", 3)
                        .stage("check", 3)
                        .stage("index", 3)
                        .stage("unpack", 3, "each fetch, each check, index"));
        graphs.tick();
        graphs.succeed(texts("J", 0, 3));
        graphs.succeed(texts("J", 6, 9));
        graphs.fail("J.4");

        assertThat(graphs.killed("J")).isEqualTo("10");
        assertThat(graphs.reasons("J")).containsExactly("it waits for stage check, which has not succeeded");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void G2_fanOut(int width) {
        GraphSketch graph = graph().goesOn().stage("root", 1);
        IntStream.range(0, width).forEach(i -> graph.stage("leaf" + i, 1, "root"));
        graphs.submit("J", graph);
        graphs.submit("K", graph);

        assertThat(graphs.tick()).containsExactly("J.0", "K.0");
        graphs.succeed("J.0");
        graphs.fail("K.0");
        assertThat(graphs.restart().tick()).containsExactlyInAnyOrder(texts("J", 1, width + 1));
        assertThat(graphs.killed("K")).isEqualTo(range(1, width + 1));
    }

    private static String range(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void G2_fanIn(int width) {
        GraphSketch graph = graph().goesOn();
        IntStream.range(0, width).forEach(i -> graph.stage("leaf" + i, 1));
        graph.stage(
                "sink", 1, IntStream.range(0, width).mapToObj(i -> "leaf" + i).collect(Collectors.joining(",")));
        graphs.submit("J", graph);
        graphs.submit("K", graph);
        assertThat(graphs.tick()).hasSize(2 * width);

        for (int i = 0; i < width; i++) {
            assertThat(graphs.restart().tick()).isEmpty();
            graphs.succeed("J." + i);
        }
        graphs.succeed(texts("K", 0, width - 1));
        graphs.fail("K." + (width - 1));

        assertThat(graphs.tick()).containsExactly("J." + width);
        assertThat(graphs.killed("K")).isEqualTo("" + width);
    }

    @Test
    void G2_dependenciesMayBeGivenInAnyOrder() {
        List<String> lines = List.of("a:", "b:a", "c:a", "d:c,b", "e:d,a");
        List<Set<String>> levels = List.of(Set.of("a"), Set.of("b", "c"), Set.of("d"), Set.of("e"));
        List<List<String>> orders = permutations(lines);
        assertThat(orders).hasSize(120);
        for (int number = 0; number < orders.size(); number++) {
            String job = "J" + number;
            GraphSketch graph = graph();
            orders.get(number).forEach(line -> graph.stage(line.substring(0, 1), 1, line.substring(2)));
            graphs.submit(job, graph);
            for (Set<String> level : levels) {
                List<String> offered = graphs.tick();
                assertThat(offered)
                        .extracting(text -> graphs.core.latest(text).stage().name())
                        .containsExactlyInAnyOrderElementsOf(level);
                offered.forEach(graphs::succeed);
            }
            assertThat(graphs.news()).isEmpty();
            assertThat(graphs.reached(JobMilestone.SUCCEEDED, job)).isEqualTo(1);
        }
    }

    private static <T> List<List<T>> permutations(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : of) {
            List<T> others = new ArrayList<>(of);
            others.remove(first);
            for (List<T> rest : permutations(others)) {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(rest);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void G2_tasksAreNumberedThroughTheStagesInTheirOrderWhicheverRunsFirst() {
        graphs.submit("J", graph().stage("last", 2, "first").stage("first", 3));
        assertThat(graphs.tick()).containsExactly("J.2", "J.3", "J.4");
        graphs.succeed("J.2", "J.3", "J.4");
        assertThat(graphs.tick()).containsExactly("J.0", "J.1");
    }

    @Test
    void G2_aDiamond() {
        graphs.submit(
                "J", graph().stage("a", 1).stage("b", 1, "a").stage("c", 1, "a").stage("d", 1, "b, c"));
        assertThat(graphs.run()).containsExactly("J.0", "J.1", "J.2", "J.3");
        assertThat(graphs.passed("J")).isEqualTo("0,1,2,3");
    }

    @Test
    void G2_aTaskIsJudgedOnceWhenItsLastDependencyHasEnded() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 1).stage("c", 1, "a, b", When.ANY));
        graphs.tick();
        graphs.succeed("J.0");
        assertThat(graphs.restart().tick()).isEmpty();
        graphs.fail("J.1");
        assertThat(graphs.tick()).containsExactly("J.2");
        assertThat(graphs.tick()).isEmpty();
    }

    @Test
    void G2_ofAStageEveryTaskMustSucceed() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("a", 3)
                        .stage("b", 2, "a")
                        .stage("c", 2, "a", When.ANY)
                        .stage("d", 1, "b,c", When.ENDED));
        assertThat(graphs.run("J.1")).containsExactly("J.0", "J.1", "J.2", "J.7");
        assertThat(graphs.killed("J")).isEqualTo("3,4,5,6");
    }

    @Test
    void G2_eachPairsTasks() {
        graphs.submit("J", graph().stage("a", 3).stage("b", 3, "each a").stage("c", 1, "b"));
        assertThat(graphs.tick()).containsExactly("J.0", "J.1", "J.2");
        graphs.succeed("J.1");
        assertThat(graphs.restart().tick()).containsExactly("J.4");
        graphs.succeed("J.2", "J.0");
        assertThat(graphs.restart().tick()).containsExactlyInAnyOrder("J.3", "J.5");
        graphs.succeed("J.3", "J.4");
        assertThat(graphs.tick()).isEmpty();
        graphs.succeed("J.5");
        assertThat(graphs.restart().tick()).containsExactly("J.6");
    }

    @Test
    void G2_aFailedTaskKillsItsPartnersAlone() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("a", 4)
                        .stage("b", 4, "each a")
                        .stage("c", 4, "each b")
                        .stage("d", 4, "each c", When.ENDED)
                        .stage("e", 1, "c"));
        graphs.tick();
        graphs.fail("J.2");
        assertThat(graphs.killed("J")).contains("6,10");
        graphs.succeed("J.0", "J.1", "J.3");
        assertThat(graphs.restart().run()).contains("J.14").doesNotContain("J.6", "J.10", "J.16");
        assertThat(graphs.passed("J")).isEqualTo("0,1,3,4,5,7,8,9,11,12,13,14,15");
        assertThat(graphs.killed("J")).isEqualTo("6,10,16");
    }

    @Test
    void G2_eachAndPlainEdgesTogether() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("a", 2)
                        .stage("b", 1)
                        .stage("c", 2, "each a, b")
                        .stage("d", 2, "each a, b", When.ANY));
        graphs.tick();
        graphs.succeed("J.0");
        assertThat(graphs.tick()).isEmpty();
        graphs.fail("J.2");
        assertThat(graphs.restart().tick()).containsExactly("J.5");
        assertThat(graphs.killed("J")).isEqualTo("3");
        graphs.fail("J.1");
        assertThat(graphs.killed("J")).isEqualTo("3,4,6");
    }

    @Test
    void G2_twoStagesInSeveralPairings() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("a", 3)
                        .stage("b", 3)
                        .stage("c", 3, "each a, each b")
                        .stage("d", 3, "each c, a"));
        graphs.tick();
        graphs.succeed("J.1", "J.5", "J.3");
        assertThat(graphs.restart().tick()).isEmpty();
        graphs.succeed("J.0");
        assertThat(graphs.tick()).containsExactly("J.6");
        graphs.fail("J.2");
        assertThat(graphs.killed("J")).isEqualTo("8,11");
        graphs.succeed("J.4", "J.6");
        assertThat(graphs.killed("J")).isEqualTo("8,9,11");
    }
}
