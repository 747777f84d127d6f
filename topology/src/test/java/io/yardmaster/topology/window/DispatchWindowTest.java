package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DispatchWindowTest {
    private final AtomicLong nanos = new AtomicLong();

    private DispatchWindow window(int capacity, int partitions) {
        DispatchWindow window = new DispatchWindow(capacity, partitions, nanos::get);
        window.join();
        window.viewed();
        return window;
    }

    private static void dispatch(DispatchWindow window, int partition, long offset) {
        window.sent(partition);
        window.acknowledged(partition, offset);
    }

    @Test
    void S12_roomIsCapacityLessWhatIsOut() {
        DispatchWindow window = window(3, 1);
        assertThat(window.claim()).isEqualTo(3);
        window.release(3);
        dispatch(window, 0, 0);
        window.sent(0);
        assertThat(window.claim()).isEqualTo(1);
        assertThat(window.claim()).isZero();
    }

    @Test
    void S12_markersTakeNoRoom() {
        DispatchWindow window = window(1, 1);
        dispatch(window, 0, 0);
        window.committed(0, 1);
        assertThat(window.outstanding()).isZero();
        dispatch(window, 0, 2);
        window.committed(0, 2);
        assertThat(window.outstanding()).isEqualTo(1);
        window.committed(0, 3);
        assertThat(window.outstanding()).isZero();
    }

    @Test
    void failedSendsGiveTheirRoomBack() {
        DispatchWindow window = window(1, 1);
        window.sent(0);
        assertThat(window.claim()).isZero();
        window.failed(0);
        assertThat(window.claim()).isEqualTo(1);
    }

    @Test
    void staleViewClosesTheWindowAndAFreshOneOpensIt() {
        DispatchWindow window = window(5, 1);
        nanos.addAndGet(DispatchWindow.VIEW_LIMIT_NANOS + 1);
        assertThat(window.claim()).isZero();
        assertThat(window.isFresh()).isFalse();
        window.viewed();
        assertThat(window.claim()).isEqualTo(5);
    }

    @Test
    void nothingIsDispatchedBeforeTheFirstView() {
        DispatchWindow window = new DispatchWindow(5, 1, nanos::get);
        window.join();
        assertThat(window.claim()).isZero();
    }

    @Test
    void partitionWithFewestOutIsChosenAndTiesTakeTurns() {
        DispatchWindow window = window(10, 3);
        assertThat(new int[] {window.place(), window.place(), window.place(), window.place()})
                .containsExactly(0, 1, 2, 0);
        window.sent(1);
        window.sent(0);
        assertThat(window.place()).isEqualTo(2);
        assertThat(window.place()).isEqualTo(2);
    }

    @Test
    void streamTasksShareTheRoom() {
        DispatchWindow window = window(8, 1);
        window.join();
        assertThat(window.claim()).isEqualTo(4);
        assertThat(window.claim()).isEqualTo(2);
    }

    @Test
    void abortedAssignmentsLeaveTheCountWhenTheTopicIsRead() {
        DispatchWindow window = window(10, 1);
        dispatch(window, 0, 5);
        dispatch(window, 0, 6);
        dispatch(window, 0, 9);
        window.reconcile(0, new long[] {5}, 8, 8);
        assertThat(window.outstanding()).isEqualTo(2);
        window.committed(0, 6);
        assertThat(window.outstanding()).isEqualTo(1);
    }

    @Test
    void undecidedOffsetsCountUntilTheyAreDecided() {
        DispatchWindow window = window(10, 1);
        window.reconcile(0, new long[] {1, 2}, 3, 7);
        assertThat(window.outstanding()).isEqualTo(6);
        window.reconcile(0, new long[] {1, 2, 4}, 7, 7);
        assertThat(window.outstanding()).isEqualTo(3);
    }

    @Test
    void groupThatGoesBackAsksForAnotherReading() {
        DispatchWindow window = window(10, 1);
        window.takeReconciliation();
        window.committed(0, 8);
        assertThat(window.takeReconciliation()).isFalse();
        window.committed(0, 3);
        assertThat(window.takeReconciliation()).isTrue();
    }
}
