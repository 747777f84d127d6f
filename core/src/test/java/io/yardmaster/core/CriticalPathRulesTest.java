package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stages of equal priority by the critical path (L1). */
class CriticalPathRulesTest {
    private static final StageOrders PATHS = new StageOrders(StageOrder.CRITICAL_PATH, Map.of());

    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    private void follow(StageOrders orders) {
        graphs.core.follow(LivePolicy.NONE.withStageOrders(orders));
    }

    private void succeed(String text, long ran) {
        graphs.core.ran(ran, () -> graphs.succeed(text));
    }

    @Test
    void L1_theStageWithTheLongestWayToTheEndGoesFirst() {
        follow(PATHS);
        graphs.submit(
                "A",
                graph().stage("lone", 1)
                        .stage("short", 1)
                        .stage("long", 1)
                        .stage("after short", 1, "short")
                        .stage("middle", 1, "long")
                        .stage("end", 1, "middle"));
        assertThat(graphs.restart().tick()).containsExactly("A.2", "A.1", "A.0");
    }

    @Test
    void L1_aPriorityGoesBeforeTheWay() {
        follow(PATHS);
        graphs.submit(
                "A",
                graph().stage("long", 1)
                        .stage("end", 1, "long")
                        .stage("first", 1)
                        .first(1));
        assertThat(graphs.tick()).containsExactly("A.2", "A.0");
    }

    @Test
    void L1_theTimesOfTasksThatSucceededDecide() {
        follow(PATHS);
        graphs.submit("A", graph().stage("quick", 4).stage("slow", 4));
        assertThat(graphs.tick(1)).containsExactly("A.0");
        succeed("A.0", 10);
        assertThat(graphs.restart().tick(1)).containsExactly("A.4");
        succeed("A.4", 60_000);
        assertThat(graphs.restart().tick(1)).containsExactly("A.5");
        succeed("A.5", 1);
        for (int task = 6; task < 8; task++) {
            assertThat(graphs.tick(1)).containsExactly("A." + task);
        }
        assertThat(graphs.tick()).containsExactly("A.1", "A.2", "A.3");
    }

    @Test
    void L1_theOrderOfOneGroupIsItsOwnAndHoldsForWhatWaits() {
        graphs.submit(
                "A",
                graph().stage("lone", 2)
                        .stage("long", 2)
                        .stage("end", 1, "long")
                        .group(7));
        graphs.submit("B", graph().stage("lone", 2).stage("long", 2).stage("end", 1, "long"));
        assertThat(graphs.tick(2)).containsExactly("A.0", "B.0");
        follow(new StageOrders(StageOrder.ARRIVAL, Map.of(7L, StageOrder.CRITICAL_PATH)));
        assertThat(graphs.restart().tick(2)).containsExactly("A.2", "B.1");
        follow(StageOrders.NONE);
        graphs.tick(0);
        assertThat(graphs.restart().tick()).containsExactlyInAnyOrder("A.1", "A.3", "B.2", "B.3");
    }

    @Test
    void L1_tasksThatNeedALimitGoByTheWayToo() {
        follow(PATHS);
        graphs.core.limit(Map.of(LimitKeys.named("licence"), 1L));
        graphs.submit(
                "A",
                graph().needing("lone", 1, "", Map.of("licence", 1L))
                        .needing("long", 1, "", Map.of("licence", 1L))
                        .needing("end", 1, "long", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.1");
        graphs.succeed("A.1");
        assertThat(graphs.restart().tick()).hasSize(1);
    }

    @Test
    void L1_aGraphThatIsTooLargeGoesInTheOrderOfArrival() {
        follow(PATHS);
        GraphSketch large = graph();
        for (int stage = 0; stage < 20_001; stage++) {
            large.stage("s" + stage, 1, stage == 0 ? "" : stage == 1 ? "" : "s" + (stage - 1));
        }
        graphs.submit("A", large);
        assertThat(graphs.restart().tick()).containsExactly("A.0", "A.1");
        assertThat(graphs.core.outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("SUCCEEDED");
    }
}
