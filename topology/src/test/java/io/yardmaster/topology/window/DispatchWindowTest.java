package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DispatchWindowTest {
    private static final int LANE = 3;

    private final AtomicLong nanos = new AtomicLong();

    private DispatchWindow window(int partitions) {
        DispatchWindow window = new DispatchWindow(partitions, nanos::get);
        window.committed(new long[partitions]);
        return window;
    }

    private static ShardOutstanding open(DispatchWindow window, int lane) {
        ShardOutstanding view = (ShardOutstanding) window.open(lane);
        view.known();
        return view;
    }

    private static void dispatch(ShardOutstanding lane, long offset) {
        lane.place();
        lane.partition(0).acknowledged(offset);
    }

    @Test
    void S12_whatIsOnItsWayIsOutUntilItIsCommittedByTheGroup() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        dispatch(lane, 0);
        lane.place();
        assertThat(lane.look()).isEqualTo(2);
        lane.partition(0).acknowledged(1);
        window.committed(new long[] {1});
        assertThat(lane.look()).isEqualTo(1);
    }

    @Test
    void S12_markersAreNotCounted() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        dispatch(lane, 0);
        window.committed(new long[] {1});
        assertThat(lane.look()).isZero();
        dispatch(lane, 2);
        window.committed(new long[] {2});
        assertThat(lane.look()).isEqualTo(1);
        window.committed(new long[] {3});
        assertThat(lane.look()).isZero();
    }

    @Test
    void failedSendsAreNotOut() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        lane.place();
        lane.partition(0).failed();
        assertThat(lane.look()).isZero();
    }

    @Test
    void ofALaneThatLeftNothingCountsWhateverIsStillHeard() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        lane.place();
        lane.place();
        lane.close();
        assertThat(window.outstanding()).isZero();
        lane.partition(0).acknowledged(0);
        lane.partition(0).failed();
        assertThat(window.outstanding()).isZero();
    }

    @Test
    void lanesAreCountedEachForItself() {
        DispatchWindow window = window(1);
        ShardOutstanding one = open(window, 1);
        ShardOutstanding two = open(window, 2);
        dispatch(one, 0);
        dispatch(two, 1);
        dispatch(two, 2);
        assertThat(one.look()).isEqualTo(1);
        assertThat(two.look()).isEqualTo(2);
        assertThat(window.outstanding()).isEqualTo(3);
    }

    @Test
    void staleViewIsNotFreshUntilThereIsNews() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        nanos.addAndGet(DispatchWindow.VIEW_LIMIT_NANOS + 1);
        assertThat(lane.isFresh()).isFalse();
        window.committed(new long[] {0});
        assertThat(lane.isFresh()).isTrue();
    }

    @Test
    void laneIsNotKnownBeforeTheTopicWasRead() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = (ShardOutstanding) window.open(LANE);
        assertThat(lane.isFresh()).isFalse();
        assertThat(window.takeUnsettled()).containsExactly(lane);
        lane.known();
        assertThat(lane.isFresh()).isTrue();
    }

    @Test
    void partitionWithFewestOutIsChosenAndTiesTakeTurns() {
        DispatchWindow window = window(3);
        ShardOutstanding lane = open(window, 0);
        ShardOutstanding other = open(window, 1);
        lane.look();
        assertThat(List.of(lane.place(), lane.place(), lane.place(), lane.place()))
                .containsExactly(0, 1, 2, 0);
        other.look();
        assertThat(List.of(other.place(), other.place(), other.place())).containsExactly(1, 2, 0);
    }

    @Test
    void abortedAssignmentsLeaveTheCountWhenTheTopicIsRead() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        dispatch(lane, 5);
        dispatch(lane, 6);
        dispatch(lane, 9);
        lane.partition(0).reconcile(new long[] {5}, 8, 8);
        assertThat(lane.look()).isEqualTo(2);
        window.committed(new long[] {6});
        assertThat(lane.look()).isEqualTo(1);
    }

    @Test
    void undecidedOffsetsCountUntilTheyAreDecided() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        lane.partition(0).reconcile(new long[] {1, 2}, 3, 7);
        assertThat(lane.look()).isEqualTo(6);
        lane.partition(0).reconcile(new long[] {1, 2, 4}, 7, 7);
        assertThat(lane.look()).isEqualTo(3);
    }

    @Test
    void groupThatGoesBackAsksForAnotherReadingOfAllLanes() {
        DispatchWindow window = window(1);
        ShardOutstanding lane = open(window, LANE);
        window.takeUnsettled();
        window.committed(new long[] {8});
        assertThat(window.takeUnsettled()).isEmpty();
        window.committed(new long[] {3});
        assertThat(window.takeUnsettled()).containsExactly(lane);
    }

    @Test
    void whateverChangesOfWhatIsOutKeepsEverybodyAtWorkAndALookDoesNot() {
        Duration quiet = Duration.ofSeconds(1);
        IdlePacer pacer = new IdlePacer(quiet, quiet, nanos::get);
        DispatchWindow window = new DispatchWindow(1, nanos::get, pacer);
        assertThat(wakesUp(pacer, quiet, () -> window.open(LANE)))
                .as("a lane is opened")
                .isTrue();
        ShardOutstanding lane = window.lanes().get(0);
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {0})))
                .as("a look")
                .isFalse();
        dispatch(lane, 0);
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {0})))
                .as("something is out")
                .isTrue();
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {0})))
                .as("it is still out")
                .isFalse();
        window.committed(new long[] {1});
        assertThat(wakesUp(pacer, quiet, () -> window.committed(new long[] {2})))
                .as("the group has committed that it is past a marker")
                .isTrue();
        assertThat(wakesUp(pacer, quiet, lane::close)).as("a lane is closed").isTrue();
    }

    private boolean wakesUp(IdlePacer pacer, Duration quiet, Runnable what) {
        nanos.addAndGet(quiet.toNanos());
        assertThat(pacer.isQuiet()).isTrue();
        what.run();
        return !pacer.isQuiet();
    }

    @Test
    void closedLaneHearsNothingMore() {
        DispatchWindow window = window(1);
        ShardOutstanding before = open(window, LANE);
        before.place();
        before.close();
        ShardOutstanding after = open(window, LANE);
        before.partition(0).acknowledged(7);
        assertThat(after.look()).isZero();
        assertThat(window.outstanding()).isZero();
    }

    /** It is kept as a sum, so that a look need not go through all lanes. */
    @Test
    void whatIsOutOfAllLanesIsTheSumWhateverHappens() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        DispatchWindow window = window(2);
        ShardOutstanding[] lanes = {open(window, 0), open(window, 1), open(window, 2)};
        List<ShardOutstanding> closed = new ArrayList<>();
        long offset = 0;
        for (int step = 0; step < 10_000; step++) {
            int one = random.nextInt(lanes.length);
            ShardOutstanding lane = lanes[one];
            int partition = random.nextInt(2);
            offset++;
            switch (random.nextInt(12)) {
                case 0 -> window.committed(new long[] {offset - random.nextInt(20), offset - random.nextInt(20)});
                case 1 -> lane.partition(partition).lags(offset, random.nextInt(10));
                case 2 -> lane.partition(partition).reconcile(new long[] {offset - 1}, offset, offset + 3);
                case 3 -> {
                    closed.add(lane);
                    if (random.nextBoolean()) {
                        lane.close();
                    }
                    lanes[one] = open(window, one);
                }
                case 4 ->
                    (closed.isEmpty() ? lane : closed.get(random.nextInt(closed.size())))
                            .partition(partition)
                            .acknowledged(offset);
                case 5 -> lane.partition(partition).failed();
                case 6, 7 -> lane.partition(partition).acknowledged(offset);
                default -> lane.place();
            }
            for (int p = 0; p < 2; p++) {
                int of = p;
                assertThat(window.load(p).get())
                        .as("partition %d after step %d, seed %d", p, step, seed)
                        .isEqualTo(Arrays.stream(lanes)
                                .mapToLong(open -> open.partition(of).outstanding())
                                .sum());
            }
        }
    }
}
