package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.pacing.IdlePacer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The window where execution managers send outcomes. */
class EndedAssignmentsTest {
    private static final int SHARD = 2;

    private static ShardOutstanding open(DispatchWindow window) {
        window.committed(new long[window.partitions()]);
        ShardOutstanding opened = (ShardOutstanding) window.open(SHARD);
        opened.known();
        return opened;
    }

    private static DispatchWindow window(int partitions) {
        return new DispatchWindow(partitions, System::nanoTime);
    }

    /** Dispatches an assignment to the partition that the window chooses, at an offset that equals the id. */
    private static int dispatch(ShardOutstanding shard, long id) {
        int partition = shard.place(id, ShardWindow.NO_PARTITION);
        shard.partition(partition).acknowledged(id, id);
        return partition;
    }

    private static List<AssignmentReader.Found> found(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> new AssignmentReader.Found(id, id))
                .toList();
    }

    @Test
    void O1_assignmentsThatEndBehindALongOneAreNotOutstanding() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window);
        LongStream.range(0, 100).forEach(id -> dispatch(shard, id));
        for (long id = 99; id > 0; id--) {
            assertThat(shard.ended(id)).as("id %d", id).isZero();
            assertThat(shard.countOutstanding()).isEqualTo((int) id);
            assertThat(window.load(0).get()).isEqualTo(id);
        }
        window.committed(new long[] {100});
        assertThat(window.outstanding()).isZero();
    }

    @Test
    void O1_anOutcomeThatIsUnknownRepeatedOrComesAfterTheCommitChangesNothing() {
        DispatchWindow window = window(2);
        ShardOutstanding shard = open(window);
        LongStream.range(1, 7).forEach(id -> dispatch(shard, id));
        assertThat(shard.ended(77)).isEqualTo(ShardWindow.NO_PARTITION);
        assertThat(shard.ended(4)).isNotEqualTo(ShardWindow.NO_PARTITION);
        assertThat(shard.ended(4)).isEqualTo(ShardWindow.NO_PARTITION);
        window.committed(new long[] {3, 3});
        assertThat(shard.ended(2)).isEqualTo(ShardWindow.NO_PARTITION);
        assertThat(shard.countOutstanding()).isEqualTo(3);
        assertThat(window.outstanding()).isEqualTo(3);
    }

    @Test
    void theOutcomeNamesThePartitionOfItsAssignmentWhetherItWasPlacedBeforeOrAfterTheFirstOutcome() {
        ShardOutstanding shard = open(window(5));
        int most = 3_000;
        int[] partitions = new int[most];
        for (int id = 0; id < most; id++) {
            if (id == most / 3) {
                shard.ended(most);
            }
            partitions[id] = dispatch(shard, id);
            if (id % 500 == 0) {
                shard.countOutstanding();
            }
        }
        IntStream.range(0, most)
                .forEach(id -> assertThat(shard.ended(id)).as("id %d", id).isEqualTo(partitions[id]));
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void O1_anIdThatWasGivenAgainAfterAnAbortEndsWhereItWasPlacedLast() {
        ShardOutstanding shard = open(window(2));
        shard.ended(0);
        int aborted = dispatch(shard, 1);
        int again = shard.place(1, aborted);
        shard.partition(again).acknowledged(9, 1);
        assertThat(shard.ended(1)).isEqualTo(again).isNotEqualTo(aborted);
        shard.partition(aborted).reconcile(List.of(), 5, 5);
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void placingKnowsAtOnceWhereAnAssignmentHasEnded() {
        ShardOutstanding shard = open(window(3));
        int[] partitions =
                LongStream.range(0, 6).mapToInt(id -> dispatch(shard, id)).toArray();
        shard.ended(4);
        assertThat(dispatch(shard, 6)).isEqualTo(partitions[4]);
    }

    @Test
    void O7_theAvoidedPartitionIsChosenOnlyIfThereIsNoOther() {
        ShardOutstanding shard = open(window(3));
        assertThat(shard.place(0, 2)).isEqualTo(0);
        assertThat(shard.place(1, 1)).isEqualTo(2);
        assertThat(shard.place(2, 1)).as("all others have more").isNotEqualTo(1);
        assertThat(shard.place(3, ShardWindow.NO_PARTITION)).isEqualTo(1);
        assertThat(open(window(1)).place(0, 0)).isZero();
    }

    @Test
    void endedAssignmentsThatAReadingFindsAgainLeaveInTheNextTick() {
        DispatchWindow window = window(2);
        ShardOutstanding shard = open(window);
        shard.partition(0).reconcile(found(1, 2, 3, 4), 5, 5);
        shard.partition(1).reconcile(found(6, 7), 8, 8);
        shard.read();
        assertThat(shard.countOutstanding()).isEqualTo(6);
        shard.dropEnded(id -> id % 2 == 0);
        assertThat(shard.countOutstanding()).isEqualTo(3);
        assertThat(window.outstandingByPartition()).containsExactly(2, 1);
    }

    @Test
    void eachOutstandingIdIsAskedForOnceAfterAReadingAndElseNone() {
        ShardOutstanding shard = open(window(1));
        dispatch(shard, 8);
        List<Long> asked = new ArrayList<>();
        shard.dropEnded(id -> !asked.add(id));
        assertThat(asked).as("before a reading").isEmpty();
        shard.partition(0).reconcile(found(3, 5), 7, 7);
        shard.read();
        shard.dropEnded(id -> !asked.add(id));
        assertThat(asked).containsExactly(3L, 5L, 8L);
        shard.dropEnded(id -> !asked.add(id));
        assertThat(asked).as("no other reading").hasSize(3);
    }

    @Test
    void aReadingThatComesWhileIdsAreAskedForIsAskedAbout() {
        ShardOutstanding shard = open(window(1));
        shard.partition(0).reconcile(found(1), 2, 2);
        shard.read();
        shard.dropEnded(id -> {
            shard.partition(0).reconcile(found(1, 2), 3, 3);
            shard.read();
            return true;
        });
        assertThat(shard.countOutstanding()).isEqualTo(1);
        shard.dropEnded(id -> true);
        assertThat(shard.countOutstanding()).isZero();
    }

    @Test
    void aShareGroupCountsItsLagsWhateverHasEnded() {
        DispatchWindow window = DispatchWindow.divided(1, 1, System::nanoTime, IdlePacer.restless());
        ShardOutstanding shard = open(window);
        dispatch(shard, 1);
        assertThat(shard.ended(1)).isEqualTo(ShardWindow.NO_PARTITION);
        assertThat(shard.countOutstanding()).isEqualTo(1);
        shard.partition(0).lags(2, 1);
        shard.dropEnded(id -> true);
        assertThat(shard.countOutstanding()).isEqualTo(1);
    }

    @Test
    void aShardThatLeftDoesNotChangeTheLoad() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window);
        dispatch(shard, 1);
        shard.close();
        shard.ended(1);
        assertThat(window.load(0).get()).isZero();
    }

    @Test
    void O3_assignmentsThatTheGroupHasCommittedAreTakenAndNoOthers() {
        DispatchWindow window = window(1);
        ShardOutstanding shard = open(window);
        LongStream.range(1, 6).forEach(id -> dispatch(shard, id));
        long takings = shard.takings();
        assertThat(shard.taken(new long[] {1, 2, 3, 4, 5})).isEmpty();
        window.committed(new long[] {3});
        assertThat(shard.takings()).isGreaterThan(takings);
        assertThat(shard.taken(new long[] {1, 2, 3, 4, 5})).containsExactly(1, 2);
    }

    /** Its offset may be below that of another one which is acknowledged, but its id is not. */
    @Test
    void O3_anAssignmentOnItsWayToTheBrokerIsNotTaken() {
        DispatchWindow window = window(2);
        ShardOutstanding shard = open(window);
        int first = dispatch(shard, 1);
        int second = shard.place(2, ShardWindow.NO_PARTITION);
        assertThat(second).isNotEqualTo(first);
        shard.partition(first).acknowledged(3, 3);
        window.committed(new long[] {9, 9});
        assertThat(shard.taken(new long[] {1, 2}))
                .as("none of the second partition was acknowledged yet")
                .isEmpty();
        shard.partition(second).acknowledged(2, 2);
        assertThat(shard.taken(new long[] {1, 2, 3})).containsExactly(1, 2, 3);
    }

    @Test
    void O3_nothingCountsAsTakenWhileATransactionIsUndecidedOrTheTopicIsNotRead() {
        DispatchWindow window = window(1);
        window.committed(new long[1]);
        ShardOutstanding shard = (ShardOutstanding) window.open(SHARD);
        assertThat(shard.taken(new long[] {1})).as("not read").isEmpty();
        shard.partition(0).reconcile(List.of(), 0, 5);
        shard.read();
        shard.dropEnded(id -> false);
        assertThat(shard.taken(new long[] {1})).as("undecided").isEmpty();
        shard.partition(0).reconcile(found(1), 5, 5);
        assertThat(shard.taken(new long[] {1})).as("outstanding").isEmpty();
        window.committed(new long[] {5});
        assertThat(shard.taken(new long[] {1})).containsExactly(1);
    }
}
