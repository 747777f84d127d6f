package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs outlive sessions, restarts and silence. */
class GraphSessionRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    private void begin(long session) {
        graphs.core.apply(new Event.SessionBegan(session));
        graphs.core.session(session);
    }

    /** Returns all tasks that are offered in some ticks, without answers. */
    private List<String> offers() {
        List<String> offered = new ArrayList<>();
        for (int tick = 0; tick < 10; tick++) {
            offered.addAll(graphs.tick());
        }
        return offered;
    }

    private List<String> offersAfterARestart() {
        graphs.restart();
        return offers();
    }

    @Test
    void S11_aGraphOfNoSessionBelongsToTheCurrentOne() {
        graphs.submit("J", graph().stage("a", 1));
        assertThat(graphs.core.scheduler().session()).isZero();
        begin(4);
        graphs.submit("K", graph().stage("a", 1));
        assertThat(offers()).containsExactlyInAnyOrder("J.0", "K.0");
        assertThat(graphs.core.latest("K.0").session()).isEqualTo(4);
        assertThat(graphs.core.latest("J.0").session()).isEqualTo(4);
    }

    @Test
    void S11_aGraphMayBeginASessionAndIsVoidInAnOlderOne() {
        assertThat(graphs.submit("J", graph().session(3).stage("a", 1))).contains("session 3", "J BEGAN");
        assertThat(graphs.submit("K", graph().session(2).stage("a", 1))).containsExactly("dropped K OLD_SESSION");
        assertThat(graphs.restart().run()).containsExactly("J.0");
        assertThat(graphs.core.latest("J.0").session()).isEqualTo(3);
    }

    @Test
    void S11_aGraphThatIsRefusedBeginsNoSession() {
        graphs.submit("J", graph().stage("a", 1));
        assertThat(graphs.submit("K", graph().session(7).stage("a", 1, "a"))).containsExactly("K refused");
        assertThat(graphs.send(part(graph().session(8), 1))).containsExactly("K refused");
        assertThat(graphs.core.scheduler().session()).isZero();
        assertThat(graphs.restart().run()).containsExactly("J.0");
        assertThat(graphs.core.latest("J.0").session()).isZero();
        assertThat(graphs.send(part(graph().session(9), 0))).contains("session 9");
    }

    private Event.GraphSubmitted part(GraphSketch graph, int part) {
        return graph.stage("a", 1).part(graphs.core.id("K"), graphs.core.now(), 0, 1, part, 2);
    }

    @Test
    void G6_aNewSessionMakesWhatHasNotEndedReadyAgain() {
        graphs.submit("J", graph().stage("a", 4).stage("b", 4, "each a").stage("c", 1, "b"));
        assertThat(graphs.tick(3)).containsExactly("J.0", "J.1", "J.2");
        graphs.succeed("J.1");
        assertThat(graphs.tick(2)).hasSize(2);
        DispatchedTask old = graphs.core.latest("J.2");

        begin(1);

        assertThat(offersAfterARestart()).containsExactlyInAnyOrder("J.0", "J.2", "J.3", "J.5");
        assertThat(graphs.core.outcome(TaskEnd.SUCCEEDED, old)).isEqualTo("OLD_SESSION");
        assertThat(offers()).isEmpty();
        graphs.succeed("J.0", "J.2", "J.3", "J.5");
        assertThat(graphs.restart().run()).containsExactlyInAnyOrder("J.4", "J.6", "J.7", "J.8");
        assertThat(graphs.news()).contains("J SUCCEEDED", "J ENDED").doesNotContain("J BEGAN");
    }

    @Test
    void G6_attemptsAreKeptInANewSession() {
        graphs.submit("J", graph().stage("a", 3).attempts(3, 3_600_000).stage("b", 1, "a"));
        graphs.submit("K", graph().stage("a", 3).attempts(3, 0).stage("b", 1, "a"));
        graphs.tick();
        graphs.fail("J.1", "K.1", "K.2");
        assertThat(graphs.tick()).containsExactlyInAnyOrder("K.1#1", "K.2#1");
        graphs.fail("K.2#1");
        graphs.succeed("K.0");

        begin(1);

        assertThat(offersAfterARestart())
                .contains("J.0", "J.2", "K.1#1", "K.2#2")
                .doesNotContain("J.1");
        // Its back-off may go on or be over, but the attempt counts.
        graphs.pass(4_000);
        offers();
        assertThat(graphs.core.log().assignments().stream().map(graphs.core::text))
                .filteredOn("J.1#1"::equals)
                .hasSize(1);
        graphs.succeed("K.1#1", "K.2#2", "J.0", "J.2", "J.1#1");
        assertThat(graphs.run()).containsExactlyInAnyOrder("J.3", "K.3");
    }

    @Test
    void G6_severalSessionsInARow() {
        graphs.submit("J", graph().stage("a", 5).stage("b", 5, "each a").stage("c", 1, "b", When.ANY));
        for (int session = 1; session <= 6; session++) {
            List<String> offered = offers();
            assertThat(offered).doesNotHaveDuplicates();
            graphs.succeed(offered.get(0));
            begin(session);
            if (session % 2 == 0) {
                begin(session + 100L * session);
            }
            graphs.restart();
        }
        assertThat(graphs.run()).doesNotHaveDuplicates().endsWith("J.10");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
    }

    @Test
    void G6_refusedTasksAreReadyInANewSession() {
        graphs.submit("J", graph().stage("a", 2).attempts(2, 0));
        graphs.tick();
        graphs.fail("J.0");
        graphs.tick();
        graphs.refuse("J.0#1", "J.1");
        begin(1);
        graphs.restart();
        assertThat(offers()).containsExactlyInAnyOrder("J.0#1", "J.1");
        graphs.pass(10);
        assertThat(offers()).isEmpty();
    }

    @Test
    void G6_finalizingTasksAreOfferedAgainInANewSession() {
        graphs.submit("J", graph().commit().stage("a", 1));
        graphs.submit("K", graph().cleanup().stage("a", 1));
        graphs.submit("L", graph().commit().stage("a", 1));
        graphs.tick();
        graphs.succeed("J.0", "L.0");
        graphs.fail("K.0");
        assertThat(graphs.core.tick(2)).hasSize(2);
        begin(1);
        graphs.restart();
        assertThat(offers()).containsExactlyInAnyOrder("commit J", "cleanup K", "commit L");
        graphs.succeed("commit J", "cleanup K", "commit L");
        for (String job : List.of("J", "K", "L")) {
            assertThat(graphs.reached(JobMilestone.ENDED, job)).as(job).isEqualTo(1);
        }
    }

    @Test
    void G6_jobsThatHaveEndedStayEnded() {
        graphs.submit("J", graph().stage("a", 1));
        graphs.submit("K", graph().stage("a", 3));
        graphs.submit("L", graph().commit().stage("a", 3));
        graphs.tick(4);
        graphs.succeed("J.0");
        graphs.fail("K.0");
        graphs.core.command(Command.CANCEL, "L");
        begin(1);
        assertThat(graphs.restart().run()).isEmpty();
        for (String job : List.of("J", "K", "L")) {
            assertThat(graphs.reached(JobMilestone.ENDED, job)).as(job).isEqualTo(1);
        }
    }

    @Test
    void G6_aStoppedJobGoesOnStoppingInANewSession() {
        graphs.submit(
                "J",
                graph().cleanup()
                        .stage("a", 2)
                        .stage("b", 2)
                        .stage("c", 1, "b", When.ENDED)
                        .stage("d", 9, "c"));
        graphs.tick();
        graphs.fail("J.0");
        begin(1);
        graphs.restart();
        // The tasks of b, for whose end c waits, are the only ones that may still run.
        List<String> again = offers();
        assertThat(again).isSubsetOf("J.2", "J.3", "J.4");
        again.forEach(graphs::succeed);
        List<String> rest = graphs.run();
        assertThat(rest).endsWith("cleanup J").doesNotContain("J.1", "J.5");
        assertThat(again.contains("J.4") || rest.contains("J.4")).isTrue();
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
        assertThat(graphs.core.log().all().stream().filter(Decision.Failed.class::isInstance))
                .hasSize(1);
    }

    @Test
    void O5_pausesAndPrioritiesOfGraphsSurviveSessions() {
        graphs.submit("J", graph().stage("a", 2));
        graphs.submit("K", graph().stage("a", 2));
        graphs.submit("L", graph().priority(3).stage("a", 2));
        graphs.core.command(Command.PAUSE, "J");
        graphs.core.prioritize("K", 9);
        begin(1);
        graphs.restart();
        assertThat(offers()).containsExactly("K.0", "K.1", "L.0", "L.1");
        assertThat(graphs.core.command(Command.RESUME, "J")).isEqualTo("RESUME");
        assertThat(offers()).containsExactly("J.0", "J.1");
    }

    @Test
    void O4_aCancelThatIsRepeatedInANewSessionChangesNothing() {
        graphs.submit("J", graph().cleanup().stage("a", 2));
        graphs.tick();
        graphs.core.command(Command.CANCEL, "J");
        begin(1);
        assertThat(graphs.restart().core.command(Command.CANCEL, "J")).isEqualTo("NO_CHANGE");
        begin(2);
        graphs.restart().tick();
        assertThat(graphs.restart().core.command(Command.CANCEL, "J")).isIn("NO_CHANGE", "ENDED");
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isZero();
        graphs.succeed("cleanup J");
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
    }

    @Test
    void G6_jobsOfStorageAreVoidInANewSessionButGraphsAreNot() {
        graphs.core.ready("A", 0, 1);
        graphs.submit("J", graph().stage("a", 2));
        begin(1);
        assertThat(offers()).containsExactly("J.0", "J.1");
        graphs.news();
        assertThat(graphs.submit("A", graph().stage("a", 1))).containsExactly("A BEGAN");
        assertThat(offers()).containsExactly("A.0");
    }

    @Test
    void G6_partsThatCameBeforeANewSessionAreCompletedInIt() {
        GraphSketch graph = graph().stage("a", 1).stage("b", 1, "a");
        long job = graphs.core.id("J");
        graphs.send(graph.part(job, graphs.core.now(), 0, 1, 0, 2));
        begin(1);
        graphs.restart().tick();
        assertThat(graphs.send(graph.part(job, graphs.core.now(), 1, 2, 1, 2))).doesNotContain("J refused");
        assertThat(graphs.run()).containsExactly("J.0", "J.1");
    }

    @Test
    void G6_manyGraphsGoOnInANewSessionInBoundedSteps() {
        int jobs = 3_000;
        CoreFixture core = graphs.core;
        for (int job = 0; job < jobs; job++) {
            core.apply(graph().stage("a", 2).stage("b", 1, "a").event(core.id("J" + job), core.now()));
        }
        core.storage().takeOperations();
        begin(1);
        long most = core.storage().takeOperations();
        List<String> offered = new ArrayList<>();
        for (int tick = 0; tick < 100 && offered.size() < 2 * jobs; tick++) {
            offered.addAll(core.tick(500));
            most = Math.max(most, core.storage().takeOperations());
            if (tick % 3 == 0) {
                core.restart();
                core.storage().takeOperations();
            }
        }
        assertThat(offered).doesNotHaveDuplicates().hasSize(2 * jobs);
        assertThat(most).isLessThan(30_000);
    }

    @Test
    void S7_aGraphIsNotForgottenWhileItGoesOn() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 1, "a"));
        graphs.submit("K", graph().stage("a", 1).attempts(2, Duration.ofDays(4).toMillis()));
        graphs.tick();
        graphs.fail("K.0");
        graphs.core.pass(Duration.ofDays(3));
        assertThat(graphs.submit("J", graph().stage("a", 1))).containsExactly("dropped J DUPLICATE");
        begin(1);
        assertThat(offersAfterARestart()).contains("J.0");
        graphs.succeed("J.0");
        graphs.core.pass(Duration.ofDays(2));
        assertThat(offers()).contains("J.1");
    }

    @Test
    void S9_nothingIsLeftOfJobsThatHaveEnded() {
        graphs.submit(
                "J",
                graph().commit()
                        .stage("a", 50)
                        .attempts(3, 0)
                        .stage("b", 50, "each a")
                        .stage("c", 1, "b"));
        graphs.submit(
                "K",
                graph().goesOn()
                        .cleanup()
                        .stage("a", 50)
                        .stage("b", 50, "each a")
                        .stage("c", 1, "b"));
        graphs.submit("L", graph().stage("a", 50).stage("b", 50, "each a").stage("c", 1, "b"));
        graphs.submit("M", graph().stage("a", 1, "a"));
        graphs.runWith(made -> made.taskIndex() % 7 == 3 && made.attempt() == 0 ? TaskEnd.FAILED : TaskEnd.SUCCEEDED);
        assertThat(graphs.news()).contains("J ENDED", "K ENDED", "L ENDED");
        graphs.core.pass(Duration.ofHours(49));
        // The latest page of ended assignments lives until others follow.
        assertThat(graphs.core.storage().keys()).hasSizeLessThanOrEqualTo(2).endsWith(Keys.ledger());
        assertThat(graphs.restart().submit("J", graph().stage("a", 1))).containsExactly("J BEGAN");
        assertThat(graphs.run()).containsExactly("J.0");
    }

    @Test
    void S9_nothingIsLeftOfGraphsWhosePartsNeverCame() {
        GraphSketch graph = graph().stage("a", 1).stage("b", 1, "a");
        graphs.send(graph.part(graphs.core.id("J"), graphs.core.now(), 0, 1, 0, 2));
        graphs.core.pass(Duration.ofHours(49));
        assertThat(graphs.core.storage().keys()).containsExactly(Keys.ledger());
    }

    @Test
    void G6_restartsBetweenAnyTwoCallsChangeNothing() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("a", 20)
                        .attempts(2, 0)
                        .stage("b", 20, "each a")
                        .stage("c", 1, "b"));
        List<String> offered = graphs.tick();
        while (!offered.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (String text : offered) {
                graphs.restart();
                if (text.matches("J\\.(3|8)(#1)?")) {
                    graphs.fail(text);
                } else {
                    graphs.succeed(text);
                }
                graphs.restart();
                next.addAll(graphs.tick());
            }
            offered = next;
        }
        assertThat(graphs.killed("J")).isEqualTo("23,28,40");
        assertThat(graphs.passed("J").split(",")).hasSize(18 + 18);
        assertThat(graphs.core.log().assignments()).hasSize(texts("J", 0, 20).length + 2 + 18);
    }
}
