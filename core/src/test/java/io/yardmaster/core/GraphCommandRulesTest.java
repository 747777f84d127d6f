package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands about jobs that have a graph, and their place among the jobs of storage. */
class GraphCommandRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(2);

    private String command(Command command, String job) {
        return graphs.core.command(command, job);
    }

    @Test
    void O4_nothingOfACancelledGraphIsOffered() {
        graphs.submit(
                "J", graph().commit().stage("a", 5).stage("b", 5, "each a").stage("c", 1, "b", When.ENDED));
        graphs.tick(2);
        graphs.succeed("J.0");

        assertThat(command(Command.CANCEL, "J")).isEqualTo("CANCEL");

        assertThat(graphs.news()).containsOnlyOnce("CANCEL J", "J ENDED").doesNotContain("J SUCCEEDED", "J failed");
        assertThat(graphs.restart().run()).isEmpty();
        graphs.kill("J.1");
        assertThat(graphs.restart().run()).isEmpty();
        assertThat(graphs.news()).isEmpty();
    }

    @Test
    void O4_theCleanupTaskOfACancelledGraphIsOffered() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 2).stage("b", 1, "a"));
        graphs.tick();
        command(Command.CANCEL, "J");
        assertThat(graphs.news()).contains("CANCEL J", "J CLEANING_UP").doesNotContain("J ENDED");
        assertThat(graphs.restart().tick()).containsExactly("cleanup J");
        graphs.succeed("J.0");
        graphs.fail("J.1");
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isZero();
        assertThat(graphs.restart().succeed("cleanup J")).containsExactly("J ENDED");
        assertThat(graphs.run()).isEmpty();
    }

    @Test
    void O4_repeatedCancelsOfAGraphChangeNothing() {
        graphs.submit("J", graph().cleanup().stage("a", 2));
        graphs.submit("K", graph().stage("a", 2));
        command(Command.CANCEL, "J");
        command(Command.CANCEL, "K");
        assertThat(graphs.restart().core.command(Command.CANCEL, "J")).isIn("NO_CHANGE", "ENDED");
        assertThat(command(Command.CANCEL, "K")).isIn("NO_CHANGE", "ENDED");
        assertThat(graphs.run()).containsExactly("cleanup J");
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
        assertThat(graphs.reached(JobMilestone.ENDED, "K")).isEqualTo(1);
        assertThat(graphs.restart().core.command(Command.CANCEL, "J")).isEqualTo("ENDED");
    }

    @Test
    void O4_aWaitingCommitTaskIsDropped() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 1));
        graphs.tick();
        graphs.succeed("J.0");
        command(Command.CANCEL, "J");
        assertThat(graphs.restart().run()).containsExactly("cleanup J");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isZero();
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
    }

    @Test
    void O4_cancellingWhileTheCommitTaskRuns() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 1));
        graphs.tick();
        graphs.succeed("J.0");
        graphs.drainCommits();
        command(Command.CANCEL, "J");
        assertThat(graphs.restart().tick()).containsExactly("cleanup J");
        graphs.succeed("cleanup J");
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
    }

    @Test
    void O4_aTaskInItsBackOffIsDiscarded() {
        graphs.submit("J", graph().stage("a", 2).attempts(3, 10_000).stage("b", 1, "a"));
        graphs.tick();
        graphs.fail("J.0");
        graphs.refuse("J.1");
        command(Command.CANCEL, "J");
        assertThat(graphs.restart().pass(60).run()).isEmpty();
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
    }

    @Test
    void O5_aPausedGraphLetsItsTasksEndAndGoesOnWhereItWas() {
        graphs.submit(
                "J", graph().commit().stage("a", 3).stage("b", 3, "each a").stage("c", 1, "b"));
        assertThat(graphs.tick(2)).containsExactly("J.0", "J.1");
        command(Command.PAUSE, "J");
        graphs.succeed("J.0", "J.1");
        assertThat(graphs.restart().run()).isEmpty();
        assertThat(graphs.core.scheduler().backlog()).isZero();
        assertThat(graphs.core.command(Command.RESUME, "J")).isEqualTo("RESUME");
        assertThat(graphs.restart().tick()).containsExactlyInAnyOrder("J.2", "J.3", "J.4");
        graphs.succeed("J.2", "J.3", "J.4");
        assertThat(graphs.run()).containsExactly("J.5", "J.6", "commit J");
    }

    @Test
    void O5_theCommitTaskOfAPausedGraphWaitsForItsEnd() {
        graphs.submit("J", graph().commit().stage("a", 1));
        graphs.tick();
        command(Command.PAUSE, "J");
        graphs.succeed("J.0");
        assertThat(graphs.restart().run()).isEmpty();
        command(Command.RESUME, "J");
        assertThat(graphs.run()).containsExactly("commit J");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
    }

    @Test
    void O5_aRetryOfAPausedGraphWaitsForItsEnd() {
        graphs.submit("J", graph().stage("a", 1).attempts(2, 0));
        graphs.tick();
        command(Command.PAUSE, "J");
        graphs.fail("J.0");
        assertThat(graphs.restart().run()).isEmpty();
        command(Command.RESUME, "J");
        assertThat(graphs.run()).containsExactly("J.0#1");
    }

    @Test
    void O5_aPausedGraphThatFailsIsCleanedUpWhenItIsResumed() {
        graphs.submit("J", graph().cleanup().stage("a", 1));
        graphs.tick();
        command(Command.PAUSE, "J");
        graphs.fail("J.0");
        command(Command.RESUME, "J");
        assertThat(graphs.restart().run()).containsExactly("cleanup J");
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
    }

    @Test
    void L1_theGraphOfAHigherPriorityGoesFirst() {
        graphs.submit("J", graph().stage("a", 2));
        graphs.submit("K", graph().priority(5).stage("a", 2));
        graphs.submit("L", graph().priority(-5).stage("a", 2));
        assertThat(graphs.restart().tick()).containsExactly("K.0", "K.1", "J.0", "J.1", "L.0", "L.1");
    }

    @Test
    void O5_aPrioritySetLaterHoldsForTheStagesThatFollow() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 2, "a"));
        graphs.submit("K", graph().stage("a", 1).stage("b", 2, "a"));
        graphs.tick();
        assertThat(graphs.core.prioritize("K", 7)).isEqualTo("SET_PRIORITY");
        graphs.succeed("J.0", "K.0");
        assertThat(graphs.restart().tick()).containsExactly("K.1", "K.2", "J.1", "J.2");
    }

    @Test
    void S3_jobsOfGraphsAndOfStorageTakeTurns() {
        graphs.core.ready("A", 0, 1, 2);
        graphs.submit("J", graph().stage("a", 3));
        assertThat(graphs.tick()).containsExactly("A.0", "J.0", "A.1", "J.1", "A.2", "J.2");
    }

    @Test
    void S4_graphsWaitForAPlaceInTheRotation() {
        graphs.core.ready("A", 0, 1, 2);
        graphs.core.ready("B", 0, 1, 2);
        graphs.submit("J", graph().stage("a", 2));
        assertThat(graphs.restart().tick(4)).containsExactly("A.0", "B.0", "A.1", "B.1");
        assertThat(graphs.core.scheduler().pendingJobs()).isEqualTo(1);
        assertThat(graphs.tick()).containsExactly("A.2", "B.2", "J.0", "J.1");
    }

    @Test
    void S2_blockedTasksAreNoBacklog() {
        graphs.submit("J", graph().stage("a", 3).stage("b", 1_000, "a"));
        assertThat(graphs.core.scheduler().backlog()).isEqualTo(3);
        graphs.tick();
        assertThat(graphs.restart().core.scheduler().backlog()).isZero();
        graphs.succeed(texts("J", 0, 3));
        assertThat(graphs.core.scheduler().backlog()).isEqualTo(1_000);
    }

    @Test
    void S2_theTasksOfAStageThatBecomesReadyAreCandidatesOfTheNextTick() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 1, "a").stage("c", 1, "b"));
        for (int task = 0; task < 3; task++) {
            assertThat(graphs.tick(1)).containsExactly("J." + task);
            graphs.succeed("J." + task);
        }
    }

    @Test
    void assignmentsCarryTheirStageAndTheTraceOfTheGraph() {
        byte[] payload = "run me".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        graphs.submit(
                "J",
                graph().commit()
                        .trace("t1")
                        .group(7)
                        .stage("first", 2)
                        .stage("second", 2, "first")
                        .attempts(3, 5)
                        .payload(payload, 90_000));
        graphs.core.restart();
        assertThat(graphs.run()).hasSize(5);
        List<DispatchedTask> made = graphs.core.log().assignments();
        assertThat(made.get(0).stage().name()).isEqualTo("first");
        assertThat(made.get(0).stage().payload()).isEmpty();
        DispatchedTask last = made.get(3);
        assertThat(last.stage().name()).isEqualTo("second");
        assertThat(last.stage().payload()).isEqualTo(payload);
        assertThat(last.stage().timeout()).isEqualTo(90_000);
        assertThat(last.stage().attempts()).isEqualTo(3);
        assertThat(made).allSatisfy(one -> {
            assertThat(one.trace()).isEqualTo("t1");
            assertThat(one.group()).isEqualTo(7);
        });
        assertThat(made.get(4).kind()).isEqualTo(TaskKind.COMMIT);
    }

    @Test
    void eventsOfStorageAboutAGraphAreDropped() {
        graphs.submit("J", graph().stage("a", 2).stage("b", 1, "a"));
        graphs.tick();
        graphs.news();
        graphs.core.ready("J", 0, 1, 2, 3).commit("J").cleanup("J").end("J");
        assertThat(graphs.news()).hasSize(4).containsOnly("dropped J HAS_GRAPH");
        assertThat(graphs.restart().tick()).isEmpty();
        graphs.succeed("J.0", "J.1");
        assertThat(graphs.run()).containsExactly("J.2");
        graphs.news();
        graphs.core.ready("J", 0);
        assertThat(graphs.news()).singleElement().asString().startsWith("dropped J");
        assertThat(graphs.run()).isEmpty();
    }

    @Test
    void aGraphOfAnotherGroupsJobIsDropped() {
        graphs.submit("J", graph().group(1).stage("a", 1));
        graphs.news();
        Event.GraphSubmitted other = graph().group(2).stage("x", 1).event(graphs.core.id("J"), graphs.core.now());
        assertThat(graphs.send(other)).singleElement().asString().startsWith("dropped J");
        assertThat(graphs.run()).containsExactly("J.0");
    }
}
