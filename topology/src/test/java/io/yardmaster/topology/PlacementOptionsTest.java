package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementOptionsTest {
    private static PlacementPolicy policy(Map<String, String> settings) {
        return PlacementOptions.of(SchedulerConfig.from(settings).plans(), 1, Runnable::run, () -> 0, pool -> 1)
                .policy();
    }

    @Test
    void P6_theBackOffAndTheOrderOfPoolsOfOneRankAreSettings() {
        assertThat(policy(Map.of())).isEqualTo(PlacementPolicy.DEFAULT);
        PlacementPolicy set = policy(Map.of("plan.limit", "7", "plan.backoff", "250ms", "plan.busiest.first", "false"));
        assertThat(set.planLimit()).isEqualTo(7);
        assertThat(set.backoffMs()).isEqualTo(250);
        assertThat(set.busiestFirst()).isFalse();
    }
}
