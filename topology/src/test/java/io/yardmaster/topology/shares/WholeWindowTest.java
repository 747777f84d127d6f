package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.LaneWindow;
import org.junit.jupiter.api.Test;

class WholeWindowTest {
    private final Lane lane = new Lane();

    /** What is out is what a test says. */
    private static final class Lane implements LaneWindow {
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
    private int fillAndTake(WholeWindow window, long now) {
        int room = window.room(now, null);
        window.spent(now, null, room);
        lane.out = 0;
        return room;
    }

    private int fillAndTakeHalf(WholeWindow window, int now) {
        int room = window.room(now, null);
        window.spent(now, null, room);
        lane.out = (lane.out + room) / 2;
        return room;
    }

    @Test
    void S12_aNumberIsWhatMayBeOutHoweverFastTheFleetIs() {
        WholeWindow window = new WholeWindow(Capacity.of(10), lane);
        for (int now = 0; now < 1_000; now += 10) {
            assertThat(fillAndTake(window, now)).isEqualTo(10);
        }
        lane.out = 7;
        assertThat(window.room(1_000, null)).isEqualTo(3);
        lane.out = 11;
        assertThat(window.room(1_010, null)).isZero();
    }

    @Test
    void S12_whatFollowsTheFleetIsAsWideAsWhatTheFleetTakesInASecond() {
        WholeWindow window = new WholeWindow(new Capacity(10, 1_000), lane);
        // Until there has been something to take for a second, what was taken since then counts for all of it.
        assertThat(fillAndTakeHalf(window, 0)).isEqualTo(10);
        assertThat(fillAndTakeHalf(window, 100)).isEqualTo(15);
        assertThat(fillAndTakeHalf(window, 250)).isEqualTo(50);
        assertThat(fillAndTakeHalf(window, 500)).isEqualTo(60);
        assertThat(fillAndTakeHalf(window, 1_000)).isEqualTo(40);
        // All of that is a while ago.
        lane.out = 0;
        assertThat(window.room(2_000, null)).isEqualTo(85);
        assertThat(window.room(4_000, null)).isEqualTo(10);
    }

    @Test
    void nothingIsMadeWhileTheViewOfTheFleetIsOld() {
        WholeWindow window = new WholeWindow(Capacity.of(10), lane);
        lane.fresh = false;
        assertThat(window.room(0, null)).isZero();
    }
}
