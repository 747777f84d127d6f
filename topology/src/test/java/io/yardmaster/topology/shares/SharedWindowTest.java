package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.scheduling.Assignment;
import io.yardmaster.scheduling.Decisions;
import io.yardmaster.scheduling.DropReason;
import io.yardmaster.scheduling.Fairness;
import io.yardmaster.scheduling.HeapStorage;
import io.yardmaster.scheduling.Policy;
import io.yardmaster.scheduling.Scheduler;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.LaneWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedWindowTest {
    private static final int LANE = 1;
    private static final int CAPACITY = 4;

    private final List<Share> published = new ArrayList<>();
    private final Scheduler scheduler = new Scheduler(
            new Policy(1, 1, 1, Duration.ofHours(1), Duration.ofHours(1), Fairness.JOB),
            new HeapStorage(),
            0,
            new Nothing());

    /** What others see in the place of a partition that has nothing to say: what it said last. */
    private SharedWindow opened(Share saidBefore) {
        Board board = new Board(2, bytes -> saidBefore);
        board.heard(LANE, new byte[0]);
        return new SharedWindow(
                LANE, Capacity.of(CAPACITY), Fairness.JOB, new Empty(), board, null, stored -> {}, published::add);
    }

    private void tick(SharedWindow window) {
        window.spent(1, scheduler, scheduler.tick(1, window.room(1, scheduler)));
    }

    @Test
    void S12_whatItsLastOwnerTookForOutAndWasNotIsGivenBackAtOnce() {
        tick(opened(share(CAPACITY)));
        assertThat(published).singleElement().satisfies(share -> assertThat(share.getHeld())
                .isZero());
    }

    @Test
    void whoHasNothingAndNeverHadSaysNothing() {
        tick(opened(share(0)));
        assertThat(published).isEmpty();
    }

    private static Share share(int held) {
        return new Share(LANE, 0, List.of(), 1.0, 0L, false, 0.0, held, 0L, held, 0L, List.of());
    }

    private static final class Empty implements LaneWindow {
        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isFresh() {
            return true;
        }

        @Override
        public int look() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static final class Nothing implements Decisions {
        @Override
        public void assign(Assignment assignment) {}

        @Override
        public void drop(DropReason reason, long job, long count) {}

        @Override
        public void retire(long job) {}

        @Override
        public void beginSession(long session) {}
    }
}
