package io.yardmaster.core.placement;

import static io.yardmaster.core.placement.PoolSketch.NOW;
import static io.yardmaster.core.placement.PoolSketch.POLICY;
import static io.yardmaster.core.placement.PoolSketch.POOL;
import static io.yardmaster.core.placement.PoolSketch.amounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementSnapshotTest {
    private final HostTable table = new HostTable(POOL);

    private void beat(String host, String total, long now) {
        Host heard = new Host(POOL, host, 1, Amounts.of(amounts(total)), Map.of(), 0, now);
        assertThat(table.heartbeat(heard, POLICY, now).isRefused()).isFalse();
    }

    private Booking book(int task, String host, String needs) {
        Booking booking = new Booking(
                new TaskRef(1, 0, task, 0),
                host,
                1,
                Amounts.of(amounts(needs)),
                0,
                false,
                task,
                1,
                NOW,
                Booking.NEVER,
                Booking.NO_RESERVATION);
        table.book(booking);
        return booking;
    }

    private PlacementSnapshot snapshot(long now) {
        return table.snapshot(List.of(), List.of(), POLICY, now);
    }

    @Test
    void aSnapshotStaysAsItWas() {
        beat("h1", "cpu=4", NOW);
        Booking first = book(0, "h1", "cpu=1");
        PlacementSnapshot before = snapshot(NOW);
        Booking second = book(1, "h1", "cpu=2");
        PlacementSnapshot between = snapshot(NOW);
        table.end(first.task());

        assertThat(before.bookings()).containsExactly(first);
        assertThat(before.open().get(0).booked()).isEqualTo(Amounts.of(Map.of("cpu", 1L)));
        assertThat(between.bookings()).containsExactly(first, second);
        assertThat(between.open().get(0).booked()).isEqualTo(Amounts.of(Map.of("cpu", 3L)));
        assertThat(snapshot(NOW).bookings()).containsExactly(second);
    }

    /** Otherwise each plan of a large pool would begin with a copy of all bookings, on the thread that decides. */
    @Test
    void theBookingsOfHostsThatDidNotChangeAreShared() {
        beat("h1", "cpu=4", NOW);
        beat("h2", "cpu=4", NOW);
        book(0, "h1", "cpu=1");
        book(1, "h2", "cpu=1");
        PlacementSnapshot before = snapshot(NOW);
        book(2, "h2", "cpu=1");
        beat("h1", "cpu=8", NOW + 1);
        PlacementSnapshot after = snapshot(NOW + 1);

        assertThat(after.open().get(0).bookings()).isSameAs(before.open().get(0).bookings());
        assertThat(after.open().get(0).host().total()).isEqualTo(Amounts.of(Map.of("cpu", 8L)));
        assertThat(after.open().get(1).bookings()).hasSize(2);
    }

    @Test
    void P4_theTasksOfASilentHostAreInItButNotTheHost() {
        beat("h1", "cpu=4", NOW);
        beat("h2", "cpu=4", NOW + 1);
        Booking silent = book(0, "h1", "cpu=1");
        Booking open = book(1, "h2", "cpu=1");

        PlacementSnapshot snapshot = snapshot(NOW + 1 + POLICY.silentAfterMs());
        assertThat(snapshot.hosts()).extracting(Host::name).containsExactly("h2");
        assertThat(snapshot.bookings()).containsExactlyInAnyOrder(open, silent);
    }

    @Test
    void amountsAreAddedAndTakenAwayByName() {
        Amounts some = Amounts.of(Map.of("cpu", 2L, "gpu", 1L));
        Amounts others = Amounts.of(Map.of("cpu", 1L, "memory", 4L));

        Amounts sum = some.plus(others);
        assertThat(sum).isEqualTo(Amounts.of(Map.of("cpu", 3L, "gpu", 1L, "memory", 4L)));
        assertThat(sum.minus(some)).isEqualTo(others);
        assertThat(sum.minus(sum)).isSameAs(Amounts.NONE);
        assertThatThrownBy(() -> others.minus(some)).isInstanceOf(IllegalArgumentException.class);
    }
}
