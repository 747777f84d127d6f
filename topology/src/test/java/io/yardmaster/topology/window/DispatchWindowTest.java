package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DispatchWindowTest {
    private static final int SHARD = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();

    private DispatchWindow window(int partitions) {
        DispatchWindow window = new DispatchWindow(partitions, nanos::get);
        window.committed(new long[partitions]);
        return window;
    }

    private static ShardOutstanding open(DispatchWindow window, int shard) {
        ShardOutstanding opened = (ShardOutstanding) window.open(shard);
        opened.known();
        return opened;
    }

    private static void dispatch(ShardOutstanding shard, long offset) {
        place(shard);
        shard.partition(0).acknowledged(offset, offset);
    }

    private static int place(ShardOutstanding shard) {
        return shard.place(0, ShardWindow.NO_PARTITION);
    }

    /** Assignments whose ids are their offsets. */
    private static List<AssignmentReader.Found> found(long... offsets) {
        return Arrays.stream(offsets)
                .mapToObj(offset -> new AssignmentReader.Found(offset, offset))
                .toList();
    }

    @Test
    void L4_nothingIsTakenForTakenInAWindowThatNobodyCounts() {
        DispatchWindow window = new DispatchWindow(2, nanos::get);
        ShardWindow shard = window.open(SHARD);
        new UncountedSource(window).refresh();
        assertThat(shard.taken(new long[] {1, 2})).isEmpty();
    }

    @Test
    void S12_assignmentsOnTheirWayAreOutstandingUntilTheGroupCommitsThem() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        dispatch(shard, 0);
        place(shard);
        assertThat(shard.countOutstanding()).isEqualTo(2);
        shard.partition(0).acknowledged(1, 1);
        window.committed(new long[] {1});
        assertThat(shard.countOutstanding()).isEqualTo(1);
    }

    @Test
    void S12_markersAreNotCounted() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        dispatch(shard, 0);
        window.committed(new long[] {1});
        assertThat(shard.countOutstanding()).isZero();
        dispatch(shard, 2);
        window.committed(new long[] {2});
        assertThat(shard.countOutstanding()).isEqualTo(1);
        window.committed(new long[] {3});
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void failedSendsAreNotOutstanding() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        place(shard);
        shard.partition(0).failed();
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void aShardThatLeftCountsNothingWhateverItsProducerStillReports() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        place(shard);
        place(shard);
        shard.close();
        assertThat(window.outstanding()).isZero();
        shard.partition(0).acknowledged(0, 0);
        shard.partition(0).failed();
        assertThat(window.outstanding()).isZero();
    }

    @Test
    void shardsAreCountedEachForItself() {
        DispatchWindow window = window(1);
        ShardOutstanding one = open(window, 1);
        ShardOutstanding two = open(window, 2);
        dispatch(one, 0);
        dispatch(two, 1);
        dispatch(two, 2);
        assertThat(one.countOutstanding()).isEqualTo(1);
        assertThat(two.countOutstanding()).isEqualTo(2);
        assertThat(window.outstanding()).isEqualTo(3);
    }

    /** Each shard counts in each tick, so that a look at the others would cost the square of their number. */
    @Test
    void aShardCountsWithoutALookAtTheOthers() {
        DispatchWindow window = window(1);
        ShardOutstanding one = open(window, 1);
        ShardOutstanding other = open(window, 2);
        dispatch(one, 0);
        dispatch(other, 1);
        // A look at it would wait for its lock.
        synchronized (other.partition(0)) {
            assertThat(CompletableFuture.supplyAsync(one::countOutstanding))
                    .succeedsWithin(PATIENCE, as(INTEGER))
                    .isEqualTo(1);
            assertThat(CompletableFuture.supplyAsync(() -> place(one)))
                    .succeedsWithin(PATIENCE, as(INTEGER))
                    .isZero();
        }
    }

    @Test
    void oldOffsetsAreNotFreshUntilTheNextRefresh() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        nanos.addAndGet(DispatchWindow.FRESH_NANOS + 1);
        assertThat(shard.isFresh()).isFalse();
        window.committed(new long[] {0});
        assertThat(shard.isFresh()).isTrue();
    }

    @Test
    void aShardIsNotKnownBeforeTheTopicWasRead() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = (ShardOutstanding) window.open(SHARD);
        assertThat(shard.isFresh()).isFalse();
        assertThat(window.takeUnsettled()).containsExactly(shard);
        shard.known();
        assertThat(shard.isFresh()).isTrue();
    }

    @Test
    void thePartitionWithFewestOutstandingIsChosenAndTiesTakeTurns() {
        DispatchWindow window = window(3);
        ShardOutstanding shard = open(window, 0);
        ShardOutstanding other = open(window, 1);
        shard.countOutstanding();
        assertThat(List.of(place(shard), place(shard), place(shard), place(shard)))
                .containsExactly(0, 1, 2, 0);
        other.countOutstanding();
        assertThat(List.of(place(other), place(other), place(other))).containsExactly(1, 2, 0);
    }

    @Test
    void abortedAssignmentsLeaveTheCountWhenTheTopicIsRead() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        dispatch(shard, 5);
        dispatch(shard, 6);
        dispatch(shard, 9);
        shard.partition(0).reconcile(found(5), 8, 8);
        assertThat(shard.countOutstanding()).isEqualTo(2);
        window.committed(new long[] {6});
        assertThat(shard.countOutstanding()).isEqualTo(1);
    }

    @Test
    void undecidedOffsetsCountUntilTheyAreDecided() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        shard.partition(0).reconcile(found(1, 2), 3, 7);
        assertThat(shard.countOutstanding()).isEqualTo(6);
        shard.partition(0).reconcile(found(1, 2, 4), 7, 7);
        assertThat(shard.countOutstanding()).isEqualTo(3);
    }

    @Test
    void aGroupThatGoesBackCausesAnotherReadingOfAllShards() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window, SHARD);
        window.takeUnsettled();
        window.committed(new long[] {8});
        assertThat(window.takeUnsettled()).isEmpty();
        window.committed(new long[] {3});
        assertThat(window.takeUnsettled()).containsExactly(shard);
    }

    @Test
    void aChangedCountKeepsEverythingAtWorkAndARefreshDoesNot() {
        Duration quiet = Duration.ofSeconds(1);
        IdlePacer pacer = new IdlePacer(quiet, quiet, nanos::get);
        DispatchWindow window = new DispatchWindow(1, nanos::get, pacer);
        assertThat(wakesUp(pacer, quiet, () -> window.open(SHARD)))
                .as("a shard is opened")
                .isTrue();
        ShardOutstanding shard = window.shards().get(0);
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {0})))
                .as("a refresh without a change")
                .isFalse();
        dispatch(shard, 0);
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {0})))
                .as("an assignment is outstanding")
                .isTrue();
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {0})))
                .as("it is still outstanding")
                .isFalse();
        window.committed(new long[] {1});
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {2})))
                .as("the group has committed an offset past a marker")
                .isTrue();
        assertThat(wakesUp(pacer, quiet, shard::close)).as("a shard is closed").isTrue();
    }

    private boolean wakesUp(IdlePacer pacer, Duration quiet, Runnable what) {
        nanos.addAndGet(quiet.toNanos());
        assertThat(pacer.isQuiet()).isTrue();
        what.run();
        return !pacer.isQuiet();
    }

    @Test
    void aClosedShardCountsNothingMore() {
        DispatchWindow window = window(1);
        ShardOutstanding before = open(window, SHARD);
        place(before);
        before.close();
        ShardOutstanding after = open(window, SHARD);
        before.partition(0).acknowledged(7, 7);
        assertThat(after.countOutstanding()).isZero();
        assertThat(window.outstanding()).isZero();
    }

    /** The window keeps the sum, so that a tick need not go through all shards. */
    @Test
    void theCountOverAllShardsIsTheSumWhateverHappens() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        DispatchWindow window = window(2);
        ShardOutstanding[] shards = {open(window, 0), open(window, 1), open(window, 2)};
        List<ShardOutstanding> closed = new ArrayList<>();
        long offset = 0;
        for (int step = 0; step < 10_000; step++) {
            int one = random.nextInt(shards.length);
            ShardOutstanding shard = shards[one];
            int partition = random.nextInt(2);
            offset++;
            switch (random.nextInt(12)) {
                case 0 -> window.committed(new long[] {offset - random.nextInt(20), offset - random.nextInt(20)});
                case 1 -> shard.partition(partition).lags(offset, random.nextInt(10));
                case 2 -> shard.partition(partition).reconcile(found(offset - 1), offset, offset + 3);
                case 3 -> {
                    closed.add(shard);
                    if (random.nextBoolean()) {
                        shard.close();
                    }
                    shards[one] = open(window, one);
                }
                case 4 ->
                    (closed.isEmpty() ? shard : closed.get(random.nextInt(closed.size())))
                            .partition(partition)
                            .acknowledged(offset, offset);
                case 5 -> shard.partition(partition).failed();
                case 6, 7 -> shard.partition(partition).acknowledged(offset, offset);
                default -> place(shard);
            }
            for (int p = 0; p < 2; p++) {
                int of = p;
                assertThat(window.load(p).get())
                        .as("partition %d after step %d, seed %d", p, step, seed)
                        .isEqualTo(Arrays.stream(shards)
                                .mapToLong(open -> open.partition(of).outstanding())
                                .sum());
            }
        }
    }
}
