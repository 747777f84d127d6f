package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoleBudgetTest {
    private static final Demand NOTHING = new Demand(0, 0, 0, 0, 1, Map.of());

    private final SetWindow window = new SetWindow();

    /** A window whose outstanding assignments a test sets. */
    private static final class SetWindow implements ShardWindow {
        private int outstanding;
        private boolean fresh = true;

        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isFresh() {
            return fresh;
        }

        @Override
        public int countOutstanding() {
            return outstanding;
        }

        @Override
        public void close() {}
    }

    /** Fills the window and lets the fleet take all of it. Returns the number of assignments. */
    private int fillAndTake(SoleBudget budget, long now) {
        int made = budget.available(now, NOTHING).assignments();
        budget.used(now, NOTHING, made, Map::of);
        window.outstanding = 0;
        return made;
    }

    private int fillAndTakeHalf(SoleBudget budget, int now) {
        int made = budget.available(now, NOTHING).assignments();
        budget.used(now, NOTHING, made, Map::of);
        window.outstanding = (window.outstanding + made) / 2;
        return made;
    }

    @Test
    void S12_aNumberLimitsTheOutstandingHoweverFastTheFleetIs() {
        SoleBudget budget = new SoleBudget(Capacity.of(10), window);
        for (int now = 0; now < 1_000; now += 10) {
            assertThat(fillAndTake(budget, now)).isEqualTo(10);
        }
        window.outstanding = 7;
        assertThat(budget.available(1_000, NOTHING).assignments()).isEqualTo(3);
        window.outstanding = 11;
        assertThat(budget.available(1_010, NOTHING).assignments()).isZero();
    }

    @Test
    void S12_autoIsAsWideAsTheFleetTakesInASecond() {
        SoleBudget budget = new SoleBudget(new Capacity(10, 1_000), window);
        // In the first second with outstanding assignments, the rate is measured since its beginning.
        assertThat(fillAndTakeHalf(budget, 0)).isEqualTo(10);
        assertThat(fillAndTakeHalf(budget, 100)).isEqualTo(15);
        assertThat(fillAndTakeHalf(budget, 250)).isEqualTo(50);
        assertThat(fillAndTakeHalf(budget, 500)).isEqualTo(60);
        assertThat(fillAndTakeHalf(budget, 1_000)).isEqualTo(40);
        // All of that is more than a second ago.
        window.outstanding = 0;
        assertThat(budget.available(2_000, NOTHING).assignments()).isEqualTo(85);
        assertThat(budget.available(4_000, NOTHING).assignments()).isEqualTo(10);
    }

    /** Without them, tasks would count as unlimited. */
    @Test
    void L4_limitsHoldInEveryTickAlsoWhileNothingIsMade() {
        SoleBudget budget = new SoleBudget(Capacity.of(10), window);
        LivePolicy live = new LivePolicy(Map.of(), Map.of("all", 3L, "limit/licence", 2L));
        budget.needsGroups(0, live);
        assertThat(budget.available(0, NOTHING).limits()).isEqualTo(live.limits());
        window.fresh = false;
        assertThat(budget.available(5, NOTHING).limits()).isEqualTo(live.limits());
    }

    @Test
    void nothingIsMadeWhileTheViewOfTheFleetIsOld() {
        SoleBudget budget = new SoleBudget(Capacity.of(10), window);
        window.fresh = false;
        assertThat(budget.available(0, NOTHING).assignments()).isZero();
    }
}
