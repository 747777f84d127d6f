package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The effects of a failure on the job of a graph. */
class GraphFailureRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    @Test
    void G4_aFailureStopsTheJobAtOnce() {
        graphs.submit("J", graph().stage("a", 5).stage("b", 1, "a").stage("c", 1));
        assertThat(graphs.tick(3)).containsExactly("J.0", "J.1", "J.2");

        List<String> news = graphs.failBecause("disk full", "J.1");

        assertThat(news).containsOnlyOnce("J failed", "stop J", "J ENDED").doesNotContain("J SUCCEEDED");
        assertThat(news.indexOf("J failed")).isLessThan(news.indexOf("J ENDED"));
        assertThat(graphs.reasons("J")).anySatisfy(reason -> assertThat(reason).contains("disk full"));
        assertThat(graphs.restart().run()).isEmpty();
        graphs.succeed("J.0");
        graphs.kill("J.2");
        assertThat(graphs.restart().run()).isEmpty();
        assertThat(graphs.news()).isEmpty();
    }

    @Test
    void G4_tasksThatWaitInAJobThatStopsAtOnceAreKilledWithTheReason() {
        graphs.submit(
                "J", graph().stage("a", 5).stage("b", 70, "a").stage("c", 1).attempts(2, 60_000));
        assertThat(graphs.tick()).contains("J.75");
        graphs.fail("J.75");
        graphs.submit("K", graph().stage("a", 9).stage("b", 70, "a"));
        graphs.tick(3);

        List<String> news = graphs.failBecause("disk full", "K.1");

        assertThat(news).containsSubsequence("K failed", "stop K", "killed K.3-8", "killed K.9-78", "K ENDED");
        assertThat(news).noneMatch(text -> text.startsWith("dropped"));
        assertThat(graphs.reasons("K")).allSatisfy(reason -> assertThat(reason).contains("disk full"));
        assertThat(graphs.failBecause("disk full", "J.1"))
                .containsSubsequence("J failed", "stop J", "killed J.5-74", "killed J.75", "J ENDED")
                .doesNotContain("killed J.0");
        assertThat(graphs.restart().pass(120).run()).isEmpty();
    }

    @Test
    void G4_aJobOfMoreStagesThanOneCallCanStopEndsInLaterTicks() {
        GraphSketch chain = graph().cleanup().stage("s0", 1);
        for (int stage = 1; stage < 3_000; stage++) {
            chain.stage("s" + stage, 1, "s" + (stage - 1));
        }
        graphs.submit("J", chain);
        graphs.tick();

        assertThat(graphs.fail("J.0")).contains("J failed", "stop J").doesNotContain("J CLEANING_UP");

        assertThat(graphs.restart().run()).containsExactly("cleanup J");
        assertThat(graphs.ends("J")).hasSize(3_000);
    }

    @Test
    void G4_theReasonOfAFailureNamesTheStageOfTheTask() {
        graphs.submit("J", graph().stage("compile", 2).stage("link", 1, "compile"));
        graphs.tick();
        graphs.failBecause("exit code 3", "J.1");
        assertThat(graphs.reasons("J"))
                .anySatisfy(reason -> assertThat(reason).contains("compile").contains("exit code 3"));
    }

    @Test
    void G4_reasonsOfExecutionManagersMayBeLong() {
        graphs.submit(
                "J", graph().goesOn().cleanup().stage("a", 1).stage("b", 1, "a").stage("c", 1));
        graphs.tick();
        graphs.failBecause("x".repeat(1_000_000), "J.0");
        graphs.restart().failBecause("\u20ac".repeat(100_000), "J.2");
        assertThat(graphs.restart().run()).containsExactly("cleanup J");
        assertThat(graphs.core.storage().longestPut()).isLessThanOrEqualTo(4_096);
        assertThat(graphs.reasons("J"))
                .allSatisfy(reason -> assertThat(reason.length()).isLessThan(4_096));
    }

    @Test
    void G4_killedTasksFailTheJobToo() {
        graphs.submit("J", graph().stage("a", 2).stage("b", 1, "a"));
        graphs.tick();
        assertThat(graphs.kill("J.0")).contains("J failed", "J ENDED");
    }

    @Test
    void G4_theCleanupTaskOfAFailedJobIsOfferedAtOnce() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 2).stage("b", 1, "a"));
        graphs.tick();
        assertThat(graphs.fail("J.0"))
                .contains("J failed", "stop J", "J CLEANING_UP")
                .doesNotContain("J ENDED");
        assertThat(graphs.restart().tick()).containsExactly("cleanup J");
        graphs.kill("J.1");
        assertThat(graphs.restart().fail("cleanup J")).containsExactly("J ENDED");
        assertThat(graphs.run()).isEmpty();
    }

    @Test
    void G4_stagesThatSayEndedStillRunAfterAFailure() {
        graphs.submit(
                "J",
                graph().cleanup()
                        .stage("main", 2)
                        .stage("more", 2)
                        .stage("watched", 2)
                        .stage("after", 1, "more")
                        .stage("report", 1, "watched", When.ENDED)
                        .stage("tidy", 1, "report", When.ENDED)
                        .stage("publish", 1, "report"));
        assertThat(graphs.tick(5)).containsExactly("J.0", "J.1", "J.2", "J.3", "J.4");

        List<String> news = graphs.fail("J.0");

        // J.4 runs on, as something waits for its end; J.5 was not offered yet.
        assertThat(news).containsOnlyOnce("J failed").doesNotContain("J ENDED", "J CLEANING_UP", "stop J");
        assertThat(graphs.stopped("J")).contains(1, 2, 3).doesNotContain(4);
        assertThat(graphs.killed("J")).contains("5", "6", "9");
        assertThat(graphs.restart().tick()).isEmpty();
        graphs.kill("J.1", "J.2", "J.3");
        assertThat(graphs.tick()).isEmpty();
        graphs.succeed("J.4");
        assertThat(graphs.restart().tick()).containsExactly("J.7");
        graphs.succeed("J.7");
        assertThat(graphs.restart().tick()).containsExactly("J.8");
        assertThat(graphs.succeed("J.8")).contains("J CLEANING_UP").doesNotContain("J failed");
        assertThat(graphs.restart().tick()).containsExactly("cleanup J");
        assertThat(graphs.succeed("cleanup J")).containsExactly("J ENDED");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isZero();
    }

    @Test
    void G4_stagesThatSayEndedRunAtOnceIfNothingThatTheyWaitForRuns() {
        graphs.submit("J", graph().stage("a", 1).stage("b", 3, "a").stage("c", 1, "b", When.ENDED));
        graphs.tick();
        assertThat(graphs.fail("J.0")).contains("J failed").doesNotContain("J ENDED");
        assertThat(graphs.killed("J")).isEqualTo("1,2,3");
        assertThat(graphs.restart().tick()).containsExactly("J.4");
        assertThat(graphs.fail("J.4")).doesNotContain("J failed").contains("J ENDED");
    }

    @Test
    void G1_G4_aSecondFailureIsNoNews() {
        graphs.submit(
                "J",
                graph().stage("a", 1)
                        .stage("b", 2)
                        .stage("c", 1, "b", When.ENDED)
                        .stage("d", 2, "a"));
        graphs.tick();
        assertThat(graphs.fail("J.0")).containsOnlyOnce("J failed");
        assertThat(graphs.fail("J.1")).doesNotContain("J failed");
        graphs.kill("J.2");
        assertThat(graphs.restart().run("J.3")).containsExactly("J.3");
        assertThat(graphs.news()).doesNotContain("J failed").containsOnlyOnce("J ENDED");
    }

    @Test
    void G4_aStoppedJobRetriesNothing() {
        graphs.submit(
                "J",
                graph().stage("a", 1).stage("b", 2).attempts(9, 0).stage("c", 1).attempts(9, 60_000));
        graphs.tick();
        graphs.fail("J.3");
        graphs.fail("J.0");
        graphs.fail("J.1", "J.2");
        assertThat(graphs.restart().run()).isEmpty();
        assertThat(graphs.pass(200).run()).isEmpty();
    }

    @Test
    void G4_tasksInTheirBackOffDoNotHoldUpAStoppedJob() {
        graphs.submit(
                "J", graph().stage("a", 1).stage("b", 2).attempts(9, 86_400_000).stage("c", 1, "b", When.ENDED));
        graphs.tick();
        graphs.fail("J.1");
        graphs.refuse("J.2");
        graphs.fail("J.0");
        assertThat(graphs.killed("J")).isEqualTo("1");
        assertThat(graphs.restart().pass(3).run()).containsExactly("J.3");
        assertThat(graphs.killed("J")).isEqualTo("1,2");
        assertThat(graphs.news()).contains("J ENDED");
    }

    @Test
    void G4_aJobThatGoesOnFailsAtItsEnd() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .commit()
                        .cleanup()
                        .stage("a", 3)
                        .stage("b", 3, "each a")
                        .stage("c", 1, "b"));
        graphs.tick();
        assertThat(graphs.fail("J.1")).noneMatch(news -> news.contains("failed") || news.contains("stop"));
        graphs.succeed("J.0", "J.2");
        assertThat(graphs.restart().tick()).containsExactly("J.3", "J.5");
        graphs.succeed("J.3");
        assertThat(graphs.succeed("J.5")).containsExactly("killed J.6", "J failed", "J CLEANING_UP");
        assertThat(graphs.restart().run()).containsExactly("cleanup J");
        assertThat(graphs.news()).containsExactly("J ENDED");
        assertThat(graphs.reasons("J")).last().asString().contains("task 1 of stage a");
    }

    @Test
    void G5_theCommitTaskFollowsTheSuccessOfAllTasks() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 2).stage("b", 1, "a"));
        graphs.tick();
        graphs.succeed("J.0", "J.1");
        assertThat(graphs.restart().tick()).containsExactly("J.2");
        assertThat(graphs.succeed("J.2")).containsExactly("J COMMITTING");
        assertThat(graphs.restart().tick()).containsExactly("commit J");
        assertThat(graphs.core.latest("commit J").stage()).isNull();
        assertThat(graphs.restart().succeed("commit J")).containsExactly("J SUCCEEDED", "J ENDED");
        assertThat(graphs.restart().run()).isEmpty();
    }

    @Test
    void G5_jobsWithoutACommitTaskEndWithTheirLastTask() {
        assertThat(graphs.submit("J", graph().cleanup().stage("a", 2))).containsExactly("session 0", "J BEGAN");
        graphs.tick();
        assertThat(graphs.succeed("J.0")).isEmpty();
        assertThat(graphs.restart().succeed("J.1")).containsExactly("J SUCCEEDED", "J ENDED");
        assertThat(graphs.run()).isEmpty();
    }

    @Test
    void G5_aFailedCommitTaskFailsTheJob() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 1));
        graphs.submit("K", graph().commit().stage("a", 1));
        graphs.tick();
        graphs.succeed("J.0", "K.0");
        graphs.drainCommits();
        assertThat(graphs.failBecause("conflict", "commit J")).containsExactly("J failed", "J CLEANING_UP");
        assertThat(graphs.kill("commit K")).containsExactly("K failed", "K ENDED");
        assertThat(graphs.reasons("J")).last().asString().contains("conflict");
        assertThat(graphs.restart().run()).containsExactly("cleanup J");
        assertThat(graphs.news()).containsExactly("J ENDED");
    }

    @Test
    void O7_refusedFinalizingTasksOfGraphsAreOfferedAgain() {
        graphs.submit("J", graph().commit().cleanup().stage("a", 1));
        graphs.tick();
        graphs.succeed("J.0");
        graphs.drainCommits();
        assertThat(graphs.refuse("commit J")).isEmpty();
        assertThat(graphs.restart().pass(3).tick()).containsExactly("commit J");
        graphs.fail("commit J");
        graphs.tick();
        assertThat(graphs.refuse("cleanup J")).isEmpty();
        assertThat(graphs.restart().pass(3).tick()).containsExactly("cleanup J");
        assertThat(graphs.succeed("cleanup J")).containsExactly("J ENDED");
    }

    @Test
    void G5_failuresThatEverythingBehindToleratesAreExcused() {
        graphs.submit(
                "J",
                graph().commit()
                        .stage("a", 2)
                        .stage("b", 1)
                        .stage("c", 1, "a, b", When.ANY)
                        .stage("d", 1, "b", When.ENDED));
        assertThat(graphs.run("J.1")).containsExactly("J.0", "J.1", "J.2", "J.3", "J.4", "commit J");
        assertThat(graphs.news()).contains("J SUCCEEDED").doesNotContain("J failed");
    }

    @Test
    void G5_oneTolerantStageExcusesAFailureAlthoughAnotherOneIsKilledByIt() {
        graphs.submit(
                "J",
                graph().goesOn().stage("a", 1).stage("b", 1, "a", When.ENDED).stage("c", 1, "a"));
        graphs.submit("K", graph().goesOn().stage("a", 1).stage("b", 1, "a", When.ENDED));
        graphs.tick();
        graphs.fail("J.0", "K.0");
        assertThat(graphs.run()).containsExactly("J.1", "K.1");
        // The killed stage is not excused itself.
        assertThat(graphs.news()).contains("J failed", "K SUCCEEDED").doesNotContain("J SUCCEEDED", "K failed");
        assertThat(graphs.tasks("J", TaskEnd.KILLED)).isEqualTo("2");
    }

    @Test
    void G5_anExcusedFailureDoesNotStopTheJob() {
        graphs.submit("J", graph().stage("a", 2).stage("b", 2).stage("c", 1, "a, b", When.ANY));
        graphs.tick();
        assertThat(graphs.fail("J.0")).isEmpty();
        graphs.kill("J.1");
        graphs.succeed("J.2", "J.3");
        assertThat(graphs.restart().run()).containsExactly("J.4");
        assertThat(graphs.news()).contains("J SUCCEEDED", "J ENDED");
    }
}
