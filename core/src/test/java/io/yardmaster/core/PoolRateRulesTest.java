package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.LivePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rates of pools (L7). */
class PoolRateRulesTest {
    private static final String GPU = LimitKeys.ofPool("gpu");
    private static final String CPU = LimitKeys.ofPool("cpu");
    private static final String LICENCE = LimitKeys.named("licence");
    private static final int MANY = 12_000;

    private final CoreFixture core =
            CoreFixture.withActiveJobs(4).limit(Map.of(GPU, 1_000L, CPU, 1_000L, LICENCE, 1_000_000L));
    private final GraphFixture graphs = new GraphFixture(core);

    private static GraphSketch pooled(String pool, int tasks) {
        return graph().pooled("a", tasks, "", pool, Map.of());
    }

    private static LivePolicy rated(double perSecond, long burst) {
        return LivePolicy.NONE.withPoolRates(Map.of("gpu", new DispatchRate(perSecond, burst)));
    }

    private List<String> after(long millis) {
        core.jump(Duration.ofMillis(millis));
        return graphs.tick();
    }

    @Test
    void L7_aBurstOfAPoolGoesAtOnceAndThenOneTaskForEachInterval() {
        core.follow(rated(2, 3));
        graphs.submit("A", pooled("gpu", 7));
        assertThat(graphs.tick()).containsExactly("A.0", "A.1", "A.2");
        assertThat(after(499)).isEmpty();
        assertThat(after(1)).containsExactly("A.3");
        core.restart();
        assertThat(after(499)).isEmpty();
        assertThat(after(501)).containsExactly("A.4", "A.5");
        core.pass(Duration.ofMinutes(5));
        graphs.submit("B", pooled("gpu", 9));
        assertThat(graphs.tick())
                .as("an idle pool saves up no more than its burst")
                .hasSize(3);
    }

    @Test
    void L7_theRateIsThatOfAllJobsInThePoolAndOfNoOtherPool() {
        core.group(7, "A").group(8, "B").follow(rated(1, 1));
        graphs.submit(
                "A",
                pooled("gpu", 2)
                        .pooled("b", 2, "", "cpu", Map.of())
                        .stage("c", 1)
                        .group(7));
        graphs.submit("B", pooled("gpu", 2).group(8));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "A.2", "A.3", "A.4");
        assertThat(after(1_000)).containsExactly("B.0");
        assertThat(after(1_000)).containsExactly("A.1");
    }

    @Test
    void L7_aTaskCountsForTheRatesOfItsGroupAndOfItsPool() {
        core.follow(rated(1, 3).withRates(Map.of(7L, new DispatchRate(1, 2))));
        graphs.submit("A", pooled("gpu", 3).pooled("b", 2, "", "cpu", Map.of()).group(7));
        graphs.submit("B", pooled("gpu", 3).group(8));
        assertThat(graphs.tick())
                .as("two of group 7, and as many of the other as the pool has left")
                .hasSize(4)
                .filteredOn(task -> task.startsWith("A"))
                .hasSize(2);
        assertThat(after(1_000)).as("one that counts for both").containsExactly("A.1");
    }

    @Test
    void L7_anotherRateHoldsAtOnceForWhatWaits() {
        core.follow(rated(0.001, 1));
        graphs.submit("A", pooled("gpu", 5));
        assertThat(graphs.tick()).containsExactly("A.0");
        core.follow(rated(10, 1));
        assertThat(graphs.tick()).isEmpty();
        core.restart();
        assertThat(after(100)).containsExactly("A.1");
        core.follow(rated(0.001, 1));
        assertThat(after(100)).as("the interval of the faster rate was over").containsExactly("A.2");
        assertThat(after(50_000)).isEmpty();
        core.follow(LivePolicy.NONE);
        assertThat(graphs.tick()).containsExactly("A.3", "A.4");
    }

    @Test
    void L7_aNewSessionBeginsNoNewBurst() {
        core.follow(rated(1, 2));
        graphs.submit("A", pooled("gpu", 3));
        assertThat(graphs.tick()).containsExactly("A.0", "A.1");
        core.session(1).ready("C", 0);
        assertThat(graphs.tick()).as("A goes on in the new session, and waits").containsExactly("C.0");
        assertThat(after(1_000)).hasSize(1);
        assertThat(after(0)).isEmpty();
    }

    @Test
    void L7_aGangStartsWhenOneTaskMayAndCountsAsAWhole() {
        core.follow(rated(1, 2));
        graphs.submit("A", graph().gang("g", 4, "gpu"));
        graphs.submit("B", graph().gang("g", 4, "gpu"));
        assertThat(graphs.tick()).containsExactly("A.0", "A.1", "A.2", "A.3");
        assertThat(after(2_999)).isEmpty();
        assertThat(after(1)).containsExactly("B.0", "B.1", "B.2", "B.3");
    }

    @Test
    void L7_whatAGangOwesStaysOwedWhenTheSchedulerIsOpenedAnewOrAnotherRateChanges() {
        core.follow(rated(1, 2));
        graphs.submit("A", graph().gang("g", 4, "gpu"));
        graphs.submit("B", graph().gang("g", 4, "gpu"));
        graphs.tick();
        core.restart();
        assertThat(after(1_500)).isEmpty();
        core.follow(
                LivePolicy.NONE.withPoolRates(Map.of("gpu", new DispatchRate(1, 2), "cpu", new DispatchRate(1, 1))));
        assertThat(after(1_499)).isEmpty();
        assertThat(after(1)).containsExactly("B.0", "B.1", "B.2", "B.3");
    }

    @Test
    void L10_tasksThatWaitForTheRateOfTheirPoolSaySo() {
        core.follow(rated(2, 3));
        graphs.submit("A", pooled("gpu", 5));
        graphs.tick();
        assertThat(core.scheduler().view().limits()).contains(new LimitUse("rate/pool/gpu", 3, 3, 0, 2, List.of()));
        assertThat(core.wait("A")).isEqualTo(new LimitWait("rate/pool/gpu", 1, 3, 3));
        assertThat(core.scheduler().untilRate()).isEqualTo(500);
        core.limit(Map.of(GPU, 0L));
        assertThat(after(1_000)).isEmpty();
        assertThat(core.wait("A").limit()).as("it is paused").isEqualTo(GPU);
        assertThat(core.scheduler().untilRate())
                .as("time alone changes nothing")
                .isEqualTo(-1);
        core.limit(Map.of(GPU, 9L));
        assertThat(graphs.tick()).containsExactly("A.3", "A.4");
        assertThat(core.scheduler().view().limits())
                .noneMatch(use -> use.limit().startsWith("rate"));
        assertThat(core.scheduler().untilRate()).isEqualTo(-1);
    }

    @Test
    void L1_theHighestPriorityIsNextWhenTheRateLetsOneGo() {
        core.follow(rated(1, 1));
        graphs.submit("A", pooled("gpu", 3));
        assertThat(graphs.tick()).containsExactly("A.0");
        graphs.submit("B", pooled("gpu", 1).priority(1));
        assertThat(graphs.tick()).isEmpty();
        assertThat(after(1_000)).containsExactly("B.0");
        assertThat(after(1_000)).containsExactly("A.1");
    }

    @Test
    void L2_groupsHaveTheirTurnsInTheRateByWeight() {
        CoreFixture grouped = new CoreFixture(CoreFixture.policy(4, Fairness.RESOURCE_GROUP));
        GraphFixture of = new GraphFixture(grouped);
        grouped.limit(Map.of(GPU, 1_000L)).weigh(Map.of(1L, 1.0, 2L, 0.5)).follow(rated(10, 1));
        assertThat(of.turnsOfOneJobBesideThree("gpu", task -> grouped.jump(Duration.ofMillis(100))))
                .isBetween(98, 102);
    }

    @Test
    void L7_aPoolThatHasUsedItsRateUpHoldsNoUnitsBackForTheGroupThatGoesFirst() {
        CoreFixture fair = new CoreFixture(CoreFixture.policy(4, Fairness.DRF));
        GraphFixture of = new GraphFixture(fair);
        Map<String, Long> limits = Map.of(GPU, 100L, LICENCE, 40L);
        fair.limit(limits)
                .follow(new LivePolicy(Map.of(), limits).withPoolRates(Map.of("gpu", new DispatchRate(0.001, 1))));
        of.submit("A", pooled("gpu", 1).group(1));
        assertThat(of.tick()).hasSize(1);
        of.submit("B", graph().needing("b", 60, "", Map.of("licence", 1L)).group(2));
        assertThat(of.tick()).hasSize(40);
        of.submit("C", graph().pooled("c", 5, "", "gpu", Map.of("licence", 2L)).group(3));
        assertThat(of.tick()).isEmpty();
        of.succeed("B.0");
        assertThat(of.tick()).as("C would go first, and waits for the rate").containsExactly("B.40");
    }

    /** Each of the jobs has needs of its own, so that the scheduler cannot look at them as at one. */
    @Test
    void L6_tasksThatWaitForTheRateOfTheirPoolCostNothingAndHideNothing() {
        core.follow(rated(0.1, 1));
        for (int job = 0; job < MANY; job++) {
            graphs.submit(
                    "P" + job,
                    graph().pooled("a", 1, "", "gpu", Map.of("licence", 1L + job))
                            .priority(1));
        }
        List<String> offered = new ArrayList<>();
        for (int tick = 0; tick < 5; tick++) {
            offered.addAll(graphs.tick());
        }
        assertThat(offered).hasSize(1);
        for (int round = 0; round < 3; round++) {
            String late = "C" + round;
            graphs.submit(late, pooled("cpu", 1));
            assertThat(after(10_000))
                    .as("the next one that the rate lets go, and the one behind all that wait")
                    .hasSize(2)
                    .contains(late + ".0");
        }
    }
}
