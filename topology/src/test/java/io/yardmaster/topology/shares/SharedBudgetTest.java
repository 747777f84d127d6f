package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedBudgetTest {
    private static final int SHARD = 1;
    private static final int CAPACITY = 4;

    private final List<Share> published = new ArrayList<>();
    private final Scheduler scheduler = new Scheduler(
            new Policy(1, 1, 1, Duration.ofHours(1), Duration.ofHours(1), Fairness.JOB), new HeapStorage(), 0);

    /** Opens a shard whose last owner has published this share. */
    private SharedBudget opened(Share publishedBefore) {
        PeerShares peerShares = new PeerShares(2, bytes -> publishedBefore);
        peerShares.received(SHARD, new byte[0]);
        return new SharedBudget(SHARD, Capacity.of(CAPACITY), Fairness.JOB, new Empty(), peerShares, null, Map.of());
    }

    private void tick(SharedBudget budget) {
        Demand demand = scheduler.demand(budget.needsGroups(1, LivePolicy.NONE));
        scheduler.tick(1, budget.available(1, demand), decision -> {});
        budget.used(1, demand, 0, scheduler::limits).ifPresent(news -> published.add(news.share()));
    }

    @Test
    void S12_assignmentsThatTheLastOwnerCountedTooManyAreGivenBackAtOnce() {
        tick(opened(share(CAPACITY)));
        assertThat(published).singleElement().satisfies(share -> assertThat(share.getHeld())
                .isZero());
    }

    @Test
    void aShardThatHasNothingAndNeverHadPublishesNothing() {
        tick(opened(share(0)));
        assertThat(published).isEmpty();
    }

    private static Share share(int held) {
        return new Share(
                SHARD,
                0,
                List.of(),
                1.0,
                0L,
                false,
                0.0,
                held,
                0L,
                held,
                0L,
                List.of(),
                0L,
                List.of(),
                Budget.NO_FLOOR,
                List.of(),
                List.of());
    }

    private static final class Empty implements ShardWindow {
        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isFresh() {
            return true;
        }

        @Override
        public int countOutstanding() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
