package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static io.yardmaster.core.GraphFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts and back-offs of the tasks of a graph. */
class GraphAttemptRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    @Test
    void G4_aFailedTaskIsReadyAgainAtOnceWithoutABackOff() {
        graphs.submit("J", graph().stage("a", 2).attempts(3, 0).stage("b", 1, "a"));
        graphs.tick();
        assertThat(graphs.fail("J.1")).isEmpty();
        assertThat(graphs.restart().tick()).containsExactly("J.1#1");
        graphs.fail("J.1#1");
        assertThat(graphs.restart().tick()).containsExactly("J.1#2");
        graphs.succeed("J.1#2", "J.0");
        assertThat(graphs.restart().run()).containsExactly("J.2");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
    }

    @Test
    void G4_backOffsDouble() {
        graphs.submit("J", graph().stage("a", 1).attempts(4, 60_000));
        graphs.tick();
        graphs.fail("J.0");
        assertThat(graphs.restart().pass(57).tick()).isEmpty();
        assertThat(graphs.restart().pass(6).tick()).containsExactly("J.0#1");
        graphs.fail("J.0#1");
        assertThat(graphs.pass(117).restart().tick()).isEmpty();
        assertThat(graphs.pass(6).tick()).containsExactly("J.0#2");
        graphs.fail("J.0#2");
        assertThat(graphs.pass(237).tick()).isEmpty();
        assertThat(graphs.pass(6).tick()).containsExactly("J.0#3");
    }

    @Test
    void G4_aTaskThatUsedUpItsAttemptsHasFailed() {
        graphs.submit(
                "J",
                graph().goesOn()
                        .stage("a", 2)
                        .attempts(2, 0)
                        .stage("b", 2, "each a")
                        .stage("c", 1, "a"));
        assertThat(graphs.restart().run("J.0")).containsExactlyInAnyOrder("J.0", "J.1", "J.0#1", "J.3");
        assertThat(graphs.passed("J")).isEqualTo("1,3");
        assertThat(graphs.tasks("J", TaskEnd.FAILED)).isEqualTo("0");
        assertThat(graphs.killed("J")).isEqualTo("2,4");
        assertThat(graphs.news()).containsOnlyOnce("J failed", "J ENDED");
    }

    @Test
    void G4_whatWaitsForARetriedTaskIsNotJudgedBefore() {
        graphs.submit(
                "J",
                graph().stage("a", 3)
                        .attempts(2, 60_000)
                        .stage("b", 3, "each a")
                        .stage("c", 1, "a"));
        graphs.tick();
        graphs.fail("J.0");
        graphs.succeed("J.1", "J.2");
        assertThat(graphs.restart().tick()).containsExactlyInAnyOrder("J.4", "J.5");
        graphs.pass(65);
        assertThat(graphs.tick()).containsExactly("J.0#1");
        graphs.succeed("J.0#1");
        assertThat(graphs.restart().tick()).containsExactlyInAnyOrder("J.3", "J.6");
    }

    @Test
    void G4_aKilledTaskHasNoFurtherAttempt() {
        graphs.submit("J", graph().goesOn().stage("a", 1).attempts(5, 0).stage("b", 1, "a"));
        graphs.tick();
        assertThat(graphs.kill("J.0")).contains("J failed", "J ENDED");
        assertThat(graphs.restart().tick()).isEmpty();
        assertThat(graphs.killed("J")).isEqualTo("0,1");
    }

    @Test
    void O7_aRefusedTaskIsOfferedAgainAsTheSameAttempt() {
        graphs.submit("J", graph().stage("a", 2).attempts(2, 0).stage("b", 1, "a"));
        graphs.tick();
        graphs.fail("J.0");
        assertThat(graphs.tick()).containsExactly("J.0#1");
        graphs.refuse("J.0#1", "J.1");
        assertThat(graphs.restart().tick()).isEmpty();
        assertThat(graphs.pass(3).restart().tick()).containsExactlyInAnyOrder("J.0#1", "J.1");
        graphs.fail("J.1");
        graphs.succeed("J.0#1");
        assertThat(graphs.run()).containsExactly("J.1#1", "J.2");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "KILLED"})
    void G1_theFirstEndOfATaskIsFinal(TaskEnd first) {
        graphs.submit("J", graph().goesOn().stage("a", 1).stage("b", 1));
        graphs.tick();
        assertThat(graphs.core.outcome(first, "J.0")).isEqualTo(first.toString());
        graphs.news();
        for (TaskEnd later : TaskEnd.values()) {
            assertThat(graphs.restart().core.outcome(later, "J.0"))
                    .as(later.toString())
                    .isEqualTo("REPEATED");
        }
        assertThat(graphs.news()).isEmpty();
        assertThat(graphs.ends("J")).containsExactly(entry(0, first));
    }

    @Test
    void G1_theEndOfAJobIsReportedOnce() {
        graphs.submit("J", graph().stage("a", 2));
        graphs.tick();
        assertThat(graphs.succeed("J.0")).isEmpty();
        assertThat(graphs.succeed("J.1")).containsOnlyOnce("J SUCCEEDED");
        for (TaskEnd again : TaskEnd.values()) {
            graphs.restart().core.outcome(again, "J.1");
            graphs.tick();
        }
        assertThat(graphs.news()).doesNotContain("J SUCCEEDED", "J failed");
        assertThat(graphs.reached(JobMilestone.SUCCEEDED, "J")).isEqualTo(1);
        assertThat(graphs.reached(JobMilestone.ENDED, "J")).isEqualTo(1);
    }

    @Test
    void O1_theOutcomeOfAnAttemptCountsOnce() {
        graphs.submit("J", graph().stage("a", 2).attempts(2, 0).stage("b", 1, "a"));
        graphs.tick();
        DispatchedTask first = graphs.core.latest("J.0");
        graphs.fail("J.0");
        assertThat(graphs.core.outcome(TaskEnd.FAILED, first)).isEqualTo("REPEATED");
        graphs.tick();
        assertThat(graphs.core.outcome(TaskEnd.SUCCEEDED, first)).isEqualTo("REPEATED");
        graphs.succeed("J.0#1");
        assertThat(graphs.core.outcome(TaskEnd.FAILED, "J.0#1")).isEqualTo("REPEATED");
        assertThat(graphs.restart().tick()).isEmpty();
        graphs.succeed("J.1");
        assertThat(graphs.tick()).containsExactly("J.2");
    }

    @Test
    void O1_outcomesOfWhatIsNotOutAreDropped() {
        graphs.submit("J", graph().stage("a", 2).attempts(3, 0).stage("b", 1, "a"));
        assertThat(graphs.tick(1)).containsExactly("J.0");
        DispatchedTask made = graphs.core.latest("J.0");
        assertThat(graphs.core.outcome(TaskEnd.FAILED, changed(made, 0, 1))).isEqualTo("NOT_OUT");
        assertThat(graphs.core.outcome(TaskEnd.SUCCEEDED, changed(made, 2, 0))).isEqualTo("NOT_OUT");
        assertThat(graphs.core.outcome(TaskEnd.SUCCEEDED, changed(made, 99, 0))).isEqualTo("NOT_OUT");
        assertThat(graphs.core.outcome(TaskEnd.SUCCEEDED, changed(made, Integer.MAX_VALUE, 0)))
                .isEqualTo("NOT_OUT");
        assertThat(graphs.restart().tick()).containsExactly("J.1");
        graphs.succeed("J.0", "J.1");
        assertThat(graphs.tick()).containsExactly("J.2");
    }

    private static DispatchedTask changed(DispatchedTask made, int index, int attempt) {
        return new DispatchedTask(
                made.id(), made.group(), made.job(), made.kind(), index, attempt, made.session(), 0, null, null);
    }

    @Test
    void G4_manyTasksOfAnArrayFailOutOfOrder() {
        graphs.submit("J", graph().stage("a", 500).attempts(3, 0).stage("b", 500, "each a"));
        graphs.tick();
        for (int task = 499; task >= 0; task--) {
            if (task % 3 == 0) {
                graphs.fail("J." + task);
            } else {
                graphs.succeed("J." + task);
            }
        }
        graphs.restart();
        assertThat(graphs.tick())
                .hasSize(167 + 333)
                .contains("J.0#1", "J.498#1", "J.501")
                .doesNotContain("J.1", "J.500");
        for (int task = 0; task < 500; task += 3) {
            if (task % 2 == 0) {
                graphs.fail("J." + task + "#1");
            } else {
                graphs.succeed("J." + task + "#1");
            }
        }
        assertThat(graphs.restart().tick()).hasSize(167).contains("J.6#2", "J.503");
        assertThat(graphs.run()).isEmpty();
        for (int task = 0; task < 500; task += 6) {
            graphs.succeed("J." + task + "#2");
        }
        graphs.run();
        graphs.succeed(texts("J", 501, 502));
        assertThat(graphs.passed("J")).startsWith("0,1,2,3,4,5,6").doesNotContain("504");
    }

    @Test
    void G4_backOffsAndAttemptsMayBeHuge() {
        graphs.submit(
                "J",
                graph().stage("a", 1)
                        .attempts(Integer.MAX_VALUE, Long.MAX_VALUE)
                        .stage("b", 1)
                        .attempts(Integer.MAX_VALUE, Long.MAX_VALUE / 2 + 1)
                        .stage("c", 1)
                        .attempts(100, 0));
        graphs.tick();
        graphs.fail("J.0", "J.1", "J.2");
        for (int attempt = 1; attempt < 100; attempt++) {
            assertThat(graphs.tick()).containsExactly("J.2#" + attempt);
            graphs.fail("J.2#" + attempt);
        }
        assertThat(graphs.pass(3_600).tick()).isEmpty();
    }

    @Test
    void G4_tasksThatFailTogetherAreReadyTogetherAfterTheirBackOff() {
        graphs.submit("J", graph().stage("a", 3_000).attempts(2, 10_000));
        for (int tick = 0; tick < 3; tick++) {
            graphs.tick();
        }
        graphs.fail(texts("J", 0, 3_000));
        assertThat(graphs.restart().tick()).isEmpty();
        graphs.pass(15);
        int offered = 0;
        for (int tick = 0; tick < 6; tick++) {
            offered += graphs.tick().size();
        }
        assertThat(offered).isEqualTo(3_000);
    }
}
