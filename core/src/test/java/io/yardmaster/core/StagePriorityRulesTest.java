package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.LimitKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The priorities of the stages of a job (L1). */
class StagePriorityRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    @Test
    void L1_theStageOfTheHighestPriorityGoesFirst() {
        graphs.submit(
                "A",
                graph().stage("low", 2)
                        .first(-1)
                        .stage("normal", 2)
                        .stage("high", 2)
                        .first(100));
        assertThat(graphs.restart().tick()).containsExactly("A.4", "A.5", "A.2", "A.3", "A.0", "A.1");
    }

    @Test
    void L1_aStageThatBecomesReadyLaterGoesBeforeWhatWaits() {
        graphs.submit(
                "A",
                graph().stage("begin", 1)
                        .stage("many", 4)
                        .stage("next", 1, "begin")
                        .first(1));
        assertThat(graphs.tick(2)).containsExactly("A.0", "A.1");
        graphs.succeed("A.0");
        assertThat(graphs.restart().tick(2)).containsExactly("A.5", "A.2");
    }

    @Test
    void L1_theStagesOfAJobDoNotCompeteWithThoseOfAnother() {
        graphs.submit("A", graph().stage("a", 2));
        graphs.submit("B", graph().stage("b", 2).first(100));
        assertThat(graphs.tick()).containsExactly("A.0", "B.0", "A.1", "B.1");
    }

    @Test
    void L1_ofStagesThatNeedALimitTheHighestTakesItsUnits() {
        graphs.core.limit(Map.of(LimitKeys.named("licence"), 1L, LimitKeys.named("disk"), 9L));
        graphs.submit(
                "A",
                graph().needing("low", 2, "", Map.of("licence", 1L))
                        .needing("high", 2, "", Map.of("licence", 1L, "disk", 1L))
                        .first(1)
                        .needing("top", 1, "", Map.of("licence", 1L))
                        .first(2));
        for (String next : List.of("A.4", "A.2", "A.3", "A.0", "A.1")) {
            assertThat(graphs.restart().tick()).containsExactly(next);
            graphs.succeed(next);
        }
    }

    @Test
    void L1_aTaskWithoutNeedsOfAHigherPriorityGoesBeforeOneThatHoldsUnits() {
        graphs.core.limit(Map.of(LimitKeys.named("licence"), 9L));
        graphs.submit(
                "A",
                graph().needing("needy", 2, "", Map.of("licence", 1L))
                        .stage("free", 2)
                        .first(1));
        assertThat(graphs.tick()).containsExactly("A.2", "A.3", "A.0", "A.1");
    }

    @Test
    void L1_aTaskThatIsTriedAgainKeepsItsPriority() {
        graphs.submit("A", graph().stage("low", 2).stage("high", 1).first(3).attempts(2, 0));
        assertThat(graphs.tick(1)).containsExactly("A.2");
        graphs.fail("A.2");
        assertThat(graphs.restart().tick(1)).containsExactly("A.2#1");
        graphs.refuse("A.2#1");
        assertThat(graphs.pass(2).tick(1)).containsExactly("A.2#1");
    }

    @Test
    void G4_aFailureTakesTheTasksOfAllPrioritiesOutOfTheQueue() {
        graphs.submit(
                "A", graph().stage("low", 3).first(-2).stage("high", 3).first(2).stage("normal", 3));
        assertThat(graphs.tick(1)).containsExactly("A.3");
        graphs.fail("A.3");
        assertThat(graphs.tick()).isEmpty();
        assertThat(graphs.restart().pass(1).tick()).isEmpty();
        assertThat(graphs.core.scheduler().demand().isSomething()).isFalse();
    }

    @Test
    void G3_aPriorityThatIsOutOfRangeIsRefused() {
        graphs.submit("A", graph().stage("a", 1).first(101));
        assertThat(graphs.core.log().all())
                .contains(new Decision.GraphRefused(
                        graphs.core.id("A"), 0, "stage a has the priority 101, which is not one from -100 to 100"));
    }
}
