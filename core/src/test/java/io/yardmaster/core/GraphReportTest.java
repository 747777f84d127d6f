package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.GraphPhase;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageCause;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.StageEdge;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.values.StageProgress;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskFailure;
import io.yardmaster.core.view.JobLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The view of a graph says of each stage what it waits for, and of each failed task why. */
class GraphReportTest {
    private static final int MOST_KEPT = 100;

    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    private Optional<StagePage> find(String job) {
        return graphs.core.scheduler().view().stages(graphs.core.id(job), 0, 1_000);
    }

    private StagePage page(String job) {
        return find(job).orElseThrow();
    }

    private StageDetail stage(String job, int number) {
        return page(job).page().get(number);
    }

    private FailurePage failures(String job, int from, int limit) {
        return graphs.core
                .scheduler()
                .view()
                .failures(graphs.core.id(job), from, limit)
                .orElseThrow();
    }

    private List<String> failures(String job) {
        return failures(job, 0, 1_000).failures().stream()
                .map(one -> "%d of %s, attempt %d %s: %s%s"
                        .formatted(
                                one.task(),
                                one.stageName(),
                                one.attempt(),
                                one.killed() ? "KILLED" : "FAILED",
                                one.reason(),
                                one.last() ? "" : ", again"))
                .toList();
    }

    @Test
    void theNameOfAJobIsToldWithItsGraphAlsoAfterARestartAndAfterItsEnd() {
        graphs.submit("J", graph().named("nächtlich ②").stage("first", 1).stage("second", 1, "first"), 2);
        graphs.submit("K", graph().stage("only", 1));
        graphs.restart().tick();

        assertThat(page("J").name()).isEqualTo("nächtlich ②");
        assertThat(page("K").name()).isEmpty();
        assertThat(graphs.core
                        .scheduler()
                        .view()
                        .job(graphs.core.id("J"), 0)
                        .orElseThrow()
                        .detail()
                        .graph()
                        .orElseThrow()
                        .name())
                .isEqualTo("nächtlich ②");
        graphs.succeed("J.0");
        graphs.tick();
        graphs.succeed("J.1");
        graphs.restart().tick();
        assertThat(page("J").state()).isEqualTo(GraphPhase.SUCCEEDED);
        assertThat(page("J").name()).isEqualTo("nächtlich ②");
    }

    /** Has two tasks of five of the second stage of job J succeed, and two more run. */
    private void submitAndBegin() {
        graphs.submit(
                "J",
                graph().stage("split", 1)
                        .stage("render", 5, "split")
                        .stage("check", 5, "each render, split")
                        .stage("publish", 1, "split, check"));
        graphs.tick();
        graphs.succeed("J.0");
        graphs.restart().tick(4);
        graphs.succeed("J.1", "J.2");
    }

    @Test
    void aBlockedStageNamesTheFirstDependencyThatHasNotEndedAndHowFarThatIs() {
        submitAndBegin();

        assertThat(page("J").openStages()).isEqualTo(3);
        assertThat(page("J").state()).isEqualTo(GraphPhase.RUNNING);
        StageDetail publish = stage("J", 3);
        assertThat(publish.state()).isEqualTo(StageProgress.State.BLOCKED);
        assertThat(publish.after()).containsExactly(new StageEdge(0, false), new StageEdge(2, false));
        assertThat(publish.dependencies()).isEqualTo(2);
        assertThat(publish.waitsFor()).isEqualTo(1);
        assertThat(publish.cause()).contains(new StageCause(2, "check", false, 5, 0, false));
        StageDetail check = stage("J", 2);
        assertThat(check.after()).containsExactly(new StageEdge(1, true), new StageEdge(0, false));
        assertThat(check.cause()).contains(new StageCause(1, "render", true, 5, 2, false));
        assertThat(check.ready()).isEqualTo(2);
        StageDetail render = stage("J", 1);
        assertThat(render.running()).isEqualTo(2);
        assertThat(render.ready()).isEqualTo(1);
        assertThat(render.succeeded()).isEqualTo(2);
        assertThat(render.exact()).isTrue();
        assertThat(render.cause()).isEmpty();
    }

    @Test
    void theLoadOfAJobIsItsTasksThatHaveNotEndedByWhatTheyDo() {
        submitAndBegin();

        OpenGraph graph = load("J").graph().orElseThrow();
        assertThat(graph.goesOn()).isTrue();
        assertThat(graph.openStages()).isEqualTo(3);
        assertThat(graph.stages())
                .extracting(StageLoad::name, StageLoad::ready, StageLoad::running, StageLoad::blocked, StageLoad::after)
                .containsExactly(
                        tuple("render", 1, 2, 0, List.of()),
                        tuple("check", 2, 0, 3, List.of(1)),
                        tuple("publish", 0, 0, 1, List.of(2)));
        assertThat(load("J").begun()).isTrue();
        graphs.submit("L", graph().stage("only", 2));
        assertThat(load("L").begun()).isFalse();
    }

    @Test
    void theLoadOfAGraphWithManyDependenciesEndsAfterABoundedNumberOfSteps() {
        GraphSketch sketch = graph();
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            first.add("a" + i);
            sketch = sketch.stage("a" + i, 1);
        }
        for (int i = 0; i < 49; i++) {
            sketch = sketch.stage("b" + i, 1, String.join(", ", first));
        }
        graphs.submit("J", sketch);

        OpenGraph graph = load("J").graph().orElseThrow();
        assertThat(graph.openStages()).isEqualTo(99);
        assertThat(graph.stages()).hasSizeBetween(51, 98);
        assertThat(graph.seesAll()).isFalse();
        assertThat(graph.stages().get(50).after()).hasSize(50);
    }

    private JobLoad load(String job) {
        return graphs.core.scheduler().view().load(graphs.core.id(job)).orElseThrow();
    }

    @Test
    void aTaskThatFailedIsInItsBackOffUntilThatEndsAndHasItsReason() {
        graphs.submit("J", graph().stage("a", 3).attempts(3, 60_000).stage("b", 1, "a"));
        graphs.tick();
        graphs.failBecause("no space left", "J.1");
        graphs.restart();

        StageDetail a = stage("J", 0);
        assertThat(a.backingOff()).isEqualTo(1);
        assertThat(a.running()).isEqualTo(2);
        assertThat(a.backoffUntilMs().orElseThrow() - graphs.core.now()).isBetween(59_000L, 61_000L);
        assertThat(failures("J")).containsExactly("1 of a, attempt 0 FAILED: no space left, again");

        graphs.pass(65).tick();
        assertThat(stage("J", 0).backingOff()).isZero();
        assertThat(stage("J", 0).running()).isEqualTo(3);
        graphs.failBecause("still none", "J.1#1");
        assertThat(failures("J")).containsExactly("1 of a, attempt 1 FAILED: still none, again");
        assertThat(page("J").failedTasks()).isEqualTo(1);
        graphs.pass(130).tick();
        graphs.succeed("J.1#2");
        assertThat(failures("J")).isEmpty();
        assertThat(page("J").failedTasks()).isZero();
    }

    @Test
    void aKilledStageNamesTheDependencyThatHasNotSucceeded() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("ok", 1)
                        .stage("check", 2)
                        .stage("publish", 3, "ok, check")
                        .stage("tell", 1, "publish")
                        .stage("long", 1));
        graphs.tick();
        graphs.succeed("J.0", "J.1");
        graphs.failBecause("exit code 3", "J.2");
        graphs.restart().tick();

        assertThat(stage("J", 1).killed()).isFalse();
        assertThat(stage("J", 1).failed()).isEqualTo(1);
        assertThat(stage("J", 2).killed()).isTrue();
        assertThat(stage("J", 2).cause()).contains(new StageCause(1, "check", false, 2, 2, false));
        assertThat(stage("J", 3).cause()).contains(new StageCause(2, "publish", false, 3, 3, true));
        assertThat(failures("J")).containsExactly("2 of check, attempt 0 FAILED: exit code 3");
        assertThat(page("J").failure()).isEqualTo("task 1 of stage check failed: exit code 3");
    }

    @Test
    void aStageThatRunsInAnyCaseWaitsForTheDependencyThatHasNotEndedAlthoughAnotherHasFailed() {
        graphs.submit(
                "J",
                graph().goesOn().stage("check", 1).stage("render", 2).stage("tell", 1, "check, render", When.ENDED));
        graphs.tick();
        graphs.fail("J.0");
        graphs.succeed("J.2");
        assertThat(stage("J", 2).cause()).contains(new StageCause(1, "render", false, 2, 1, false));
        assertThat(stage("J", 2).waitsFor()).isEqualTo(1);
    }

    @Test
    void aGraphThatHasEndedIsStillShownAsItEnded() {
        graphs.submit("F", graph().stage("a", 40).stage("b", 1, "a"));
        graphs.submit("S", graph().stage("a", 1).commit());
        graphs.submit("C", graph().stage("a", 1).stage("b", 1, "a"));
        GraphSketch wide = graph();
        for (int stage = 0; stage < 70; stage++) {
            wide.stage("s" + stage, 1);
        }
        graphs.submit("W", wide);
        graphs.core.tick(1_000);
        graphs.failBecause("out of memory", "F.7");
        graphs.succeed("S.0");
        graphs.succeed(texts("W", 0, 70));
        graphs.drainCommits();
        graphs.core.outcome(TaskEnd.SUCCEEDED, "commit S");
        graphs.core.command(Command.CANCEL, "C");
        graphs.restart().tick();

        assertThat(page("F").state()).isEqualTo(GraphPhase.FAILED);
        assertThat(page("F").failure()).isEqualTo("task 7 of stage a failed: out of memory");
        assertThat(stage("F", 1).state()).isEqualTo(StageProgress.State.ENDED);
        assertThat(stage("F", 1).killed()).isTrue();
        assertThat(failures("F")).containsExactly("7 of a, attempt 0 FAILED: out of memory");
        assertThat(page("C").state()).isEqualTo(GraphPhase.CANCELLED);
        assertThat(stage("C", 0).running()).isZero();
        assertThat(page("S").state()).isEqualTo(GraphPhase.SUCCEEDED);
        assertThat(page("W").state()).isEqualTo(GraphPhase.SUCCEEDED);
        assertThat(page("W").page()).allMatch(stage -> stage.succeeded() == 1).hasSize(70);
    }

    @Test
    void aGraphThatHasEndedIsForgottenWithItsJobAndWhenManyOthersHaveEndedSinceThen() {
        for (int job = 0; job <= MOST_KEPT; job++) {
            graphs.submit("J" + job, graph().stage("a", 1));
            graphs.tick();
            graphs.succeed("J" + job + ".0");
        }
        graphs.restart();
        assertThat(find("J0")).isEmpty();
        assertThat(find("J1")).isPresent();
        assertThat(find("J" + MOST_KEPT)).isPresent();
        graphs.submit("late", graph().stage("a", 1));
        graphs.tick();
        graphs.succeed("late.0");
        graphs.restart();
        assertThat(find("J1")).isEmpty();
        assertThat(find("J2")).isPresent();
        graphs.pass(25 * 3_600);
        for (int tick = 0; tick < 2 * MOST_KEPT; tick++) {
            graphs.tick();
        }
        assertThat(find("late")).isEmpty();
        assertThat(graphs.core.storage().size()).isLessThan(10);
    }

    @Test
    void pagesGoThroughAllStagesAndFailuresInOrder() {
        GraphSketch sketch = graph().goesOn();
        String all = "";
        for (int stage = 0; stage < 100; stage++) {
            sketch.stage("s" + stage, 2);
            all += (stage == 0 ? "" : ", ") + "s" + stage;
        }
        graphs.submit("J", sketch.stage("last", 1, all));
        graphs.tick();
        graphs.fail(texts("J", 0, 150));
        List<Integer> numbers = new ArrayList<>();
        for (int from = 0; from >= 0; ) {
            StagePage page = graphs.core
                    .scheduler()
                    .view()
                    .stages(graphs.core.id("J"), from, 7)
                    .orElseThrow();
            page.page().forEach(stage -> numbers.add(stage.number()));
            from = page.next().orElse(-1);
        }
        assertThat(numbers).hasSize(101).isSorted().doesNotHaveDuplicates();
        List<Integer> tasks = new ArrayList<>();
        for (int from = 0; from >= 0; ) {
            FailurePage page = failures("J", from, 40);
            page.failures().stream().map(TaskFailure::task).forEach(tasks::add);
            from = page.next().orElse(-1);
        }
        assertThat(tasks).hasSize(150).isSorted().doesNotHaveDuplicates();
        assertThat(stage("J", 100).after()).hasSize(100);
    }

    @Test
    void aQuestionReadsLittleOfALargeGraphAndChangesNothing() {
        GraphSketch sketch = graph().goesOn();
        for (int stage = 0; stage < 2_000; stage++) {
            sketch.stage("s" + stage, 3, stage < 20 ? "" : "s" + (stage - 20) + ", s" + (stage - 13));
        }
        graphs.submit("J", sketch, 5);
        graphs.tick();
        graphs.restart();
        long bytes = graphs.core.storage().bytes();
        graphs.core.storage().takeOperations();
        assertThat(page("J").page()).hasSize(1_000);
        assertThat(graphs.core.storage().takeOperations()).isLessThan(400);
        assertThat(graphs.core.storage().bytes()).isEqualTo(bytes);
    }

    @Test
    void aPageEndsEarlyWhereStagesHaveVeryManyDependencies() {
        GraphSketch sketch = graph();
        StringBuilder all = new StringBuilder("s0");
        for (int stage = 0; stage < 1_500; stage++) {
            sketch.stage("s" + stage, 1);
            all.append(stage == 0 ? "" : ", s" + stage);
        }
        for (int stage = 0; stage < 60; stage++) {
            sketch.stage("t" + stage, 1, all.toString());
        }
        graphs.submit("J", sketch, 20);
        StagePage page = graphs.core
                .scheduler()
                .view()
                .stages(graphs.core.id("J"), 1_500, 1_000)
                .orElseThrow();
        assertThat(page.page()).hasSizeBetween(5, 30);
        assertThat(page.next()).hasValue(1_500 + page.page().size());
        assertThat(page.page().get(0).after()).hasSize(1_000);
        assertThat(page.page().get(0).dependencies()).isEqualTo(1_500);
    }

    @Test
    void aThousandFailuresAreKeptAndOnesThatSucceedLaterMakeRoom() {
        graphs.submit("J", graph().stage("a", 1_200).attempts(2, 60_000));
        graphs.tick();
        graphs.tick();
        graphs.fail(texts("J", 0, 1_100));
        assertThat(page("J").failedTasks()).isEqualTo(1_000);
        graphs.pass(65).tick();
        graphs.tick();
        graphs.succeed("J.3#1");
        graphs.fail("J.1150");
        graphs.restart();
        assertThat(failures("J", 0, 2_000).failures())
                .extracting(TaskFailure::task)
                .hasSize(1_000)
                .doesNotContain(3, 1_050)
                .contains(0, 999, 1_150);
    }
}
