package io.yardmaster.bench.contestants;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.bench.contestants.PlacementFacts.MadePlan;
import io.yardmaster.core.placement.PlanCounters;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolHosts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementFactsTest {
    private static PoolHosts pool(int hosts, int silent, int waiting) {
        return new PoolHosts("farm", hosts, silent, 0, 0, waiting, 0, List.of());
    }

    @Test
    void plansAndPoolsAreReadAsTheyWereDescribed() {
        PlacementFacts facts = new PlacementFacts();
        assertThat(PlacementFacts.plans(facts.describe(List.of()))).isEmpty();
        long before = System.currentTimeMillis();
        var meters = facts.openPlacement(0);
        meters.planned(new PlanReport("farm", 1, 0, Map.of(), 700, 500, 0, new PlanCounters(1, 1, 0, 1)));
        meters.planned(new PlanReport("farm", 1, 0, Map.of(), 40, 30, 0, new PlanCounters(1, 1, 0, 1)));
        long after = System.currentTimeMillis();
        Map<String, String> described = facts.describe(List.of(pool(5, 2, 7), pool(10, 0, 1)));
        assertThat(described).containsEntry(PlacementFacts.HOSTS, "13").containsEntry(PlacementFacts.WAITING, "8");
        List<MadePlan> plans = PlacementFacts.plans(described);
        assertThat(plans).extracting(MadePlan::planningMs).containsExactly(500L, 30L);
        assertThat(plans.get(0).begun()).isBetween(before - 700, after - 700);
    }

    @Test
    void theTimeBehindThePlannersWorkIsNotOfThePlan() {
        MadePlan plan = new MadePlan(1_000, 500);
        assertThat(plan.wasBeingMadeAt(999)).isFalse();
        assertThat(plan.wasBeingMadeAt(1_000)).isTrue();
        assertThat(plan.wasBeingMadeAt(1_500)).isTrue();
        assertThat(plan.wasBeingMadeAt(1_501)).isFalse();
    }
}
