package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Demand;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoleBudgetTest {
    private static final Demand NOTHING = new Demand(0, 0, 0, 0, Map.of());

    private final Lane lane = new Lane();

    /** What is out is what a test says. */
    private static final class Lane implements ShardWindow {
        private int out;
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
        public int look() {
            return out;
        }

        @Override
        public void close() {}
    }

    /** Fills the window and lets the fleet take all of it. Returns how much it was. */
    private int fillAndTake(SoleBudget budget, long now) {
        int room = budget.available(now, NOTHING).assignments();
        budget.used(now, NOTHING, room);
        lane.out = 0;
        return room;
    }

    private int fillAndTakeHalf(SoleBudget budget, int now) {
        int room = budget.available(now, NOTHING).assignments();
        budget.used(now, NOTHING, room);
        lane.out = (lane.out + room) / 2;
        return room;
    }

    @Test
    void S12_aNumberIsWhatMayBeOutHoweverFastTheFleetIs() {
        SoleBudget budget = new SoleBudget(Capacity.of(10), lane);
        for (int now = 0; now < 1_000; now += 10) {
            assertThat(fillAndTake(budget, now)).isEqualTo(10);
        }
        lane.out = 7;
        assertThat(budget.available(1_000, NOTHING).assignments()).isEqualTo(3);
        lane.out = 11;
        assertThat(budget.available(1_010, NOTHING).assignments()).isZero();
    }

    @Test
    void S12_whatFollowsTheFleetIsAsWideAsWhatTheFleetTakesInASecond() {
        SoleBudget budget = new SoleBudget(new Capacity(10, 1_000), lane);
        // Until there has been something to take for a second, what was taken since then counts for all of it.
        assertThat(fillAndTakeHalf(budget, 0)).isEqualTo(10);
        assertThat(fillAndTakeHalf(budget, 100)).isEqualTo(15);
        assertThat(fillAndTakeHalf(budget, 250)).isEqualTo(50);
        assertThat(fillAndTakeHalf(budget, 500)).isEqualTo(60);
        assertThat(fillAndTakeHalf(budget, 1_000)).isEqualTo(40);
        // All of that is a while ago.
        lane.out = 0;
        assertThat(budget.available(2_000, NOTHING).assignments()).isEqualTo(85);
        assertThat(budget.available(4_000, NOTHING).assignments()).isEqualTo(10);
    }

    @Test
    void nothingIsMadeWhileTheViewOfTheFleetIsOld() {
        SoleBudget budget = new SoleBudget(Capacity.of(10), lane);
        lane.fresh = false;
        assertThat(budget.available(0, NOTHING).assignments()).isZero();
    }
}
