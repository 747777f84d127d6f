package io.yardmaster.core.placement;

import static io.yardmaster.core.placement.PoolSketch.NOW;
import static io.yardmaster.core.placement.PoolSketch.POLICY;
import static io.yardmaster.core.placement.PoolSketch.POOL;
import static io.yardmaster.core.placement.PoolSketch.amounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.placement.HeartbeatAnswer.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostTableTest {
    private static final long SILENT = POLICY.silentAfterMs() + 1;
    private static final long LOST = POLICY.silentAfterMs() + POLICY.safetyMs() + 1;

    private final HostTable hosts = new HostTable(POOL);

    private static Host host(String total, long incarnation, int partition, long at) {
        return new Host(POOL, "h1", incarnation, Amounts.of(amounts(total)), Map.of(), partition, at);
    }

    private HeartbeatAnswer beat(String total, long incarnation, long at) {
        return hosts.heartbeat(host(total, incarnation, 0, at), POLICY, at);
    }

    private Booking book(int task, String needs, long incarnation) {
        Booking booking = new Booking(
                new TaskRef(1, 0, task, 0),
                "h1",
                incarnation,
                Amounts.of(amounts(needs)),
                0,
                false,
                task,
                1,
                NOW,
                Booking.NEVER,
                Booking.NO_RESERVATION);
        hosts.book(booking);
        return booking;
    }

    private List<Host> open(long now) {
        return hosts.snapshot(List.of(), List.of(), POLICY, now).hosts();
    }

    @Test
    void P1_noHostIsBookedAboveItsTotal() {
        beat("cpu=4,memory=8", 1, NOW);
        book(0, "cpu=3,memory=1", 1);

        assertThatThrownBy(() -> book(1, "cpu=2", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exceeds the host's total");
        book(2, "cpu=1", 1);
        assertThat(hosts.free("h1", "cpu")).isZero();
    }

    @Test
    void P1_noTaskIsBookedTwice() {
        beat("cpu=4", 1, NOW);
        Booking booking = book(0, "cpu=1", 1);

        assertThatThrownBy(() -> hosts.book(booking)).hasMessageContaining("has a booking");
        assertThat(hosts.end(booking.task())).contains(booking);
        assertThat(hosts.end(booking.task())).isEmpty();
        assertThat(hosts.free("h1", "cpu")).isEqualTo(4);
        hosts.book(booking);
    }

    @Test
    void P1_nothingIsBookedOnAnotherIncarnation() {
        beat("cpu=4", 2, NOW);

        assertThatThrownBy(() -> book(0, "cpu=1", 1)).hasMessageContaining("not there");
    }

    @Test
    void P4_aSilentHostGetsNothingNewAndKeepsItsBookings() {
        beat("cpu=4", 1, NOW);
        Booking booking = book(0, "cpu=1", 1);

        assertThat(open(NOW + SILENT - 1)).hasSize(1);
        assertThat(open(NOW + SILENT)).isEmpty();
        assertThat(hosts.release(POLICY, NOW + SILENT)).isEmpty();
        assertThat(hosts.bookings()).containsExactly(booking);
    }

    @Test
    void P4_aHostThatWasOnlySlowKeepsItsBookings() {
        beat("cpu=4", 1, NOW);
        Booking booking = book(0, "cpu=1", 1);

        assertThat(beat("cpu=4", 1, NOW + LOST - 1).kind()).isEqualTo(Kind.RETURNED);
        assertThat(hosts.release(POLICY, NOW + LOST)).isEmpty();
        assertThat(hosts.bookings()).containsExactly(booking);
        assertThat(open(NOW + LOST)).hasSize(1);
    }

    @Test
    void P4_bookingsOfAHostThatStaysSilentAreReleasedAfterTheSafetyTime() {
        beat("cpu=4", 1, NOW);
        Booking booking = book(0, "cpu=1", 1);

        assertThat(hosts.release(POLICY, NOW + LOST - 1)).isEmpty();
        assertThat(hosts.release(POLICY, NOW + LOST)).containsExactly(booking);
        assertThat(hosts.release(POLICY, NOW + LOST)).isEmpty();
        assertThat(hosts.host("h1")).isEmpty();
    }

    @Test
    void P4_aReleasedHostMustComeBackAsAnotherIncarnation() {
        beat("cpu=4", 1, NOW);
        book(0, "cpu=1", 1);
        hosts.release(POLICY, NOW + LOST);

        HeartbeatAnswer refused = beat("cpu=4", 1, NOW + LOST);
        assertThat(refused.kind()).isEqualTo(Kind.RELEASED);
        assertThat(refused.reason())
                .isEqualTo("host h1 is refused: incarnation 1 was silent for too long, it must start anew");
        assertThat(beat("cpu=4", 2, NOW + LOST).kind()).isEqualTo(Kind.JOINED);
        assertThat(hosts.free("h1", "cpu")).isEqualTo(4);
    }

    @Test
    void P4_aHostWhoseClockWasAheadLearnsTheIncarnationThatItMustExceed() {
        long ahead = 9_000;
        beat("cpu=4", ahead, NOW);
        Booking booking = book(0, "cpu=1", ahead);
        HeartbeatAnswer alive = beat("cpu=4", 10, NOW + SILENT - 1);
        assertThat(alive.kind()).as("the other one may be alive").isEqualTo(Kind.REPLACED);
        assertThat(alive.newest()).isEqualTo(ahead);

        HeartbeatAnswer silent = beat("cpu=4", 10, NOW + SILENT);
        assertThat(silent.kind()).isEqualTo(Kind.RELEASED);
        assertThat(silent.newest()).isEqualTo(ahead);
        assertThat(silent.reason())
                .isEqualTo(
                        "host h1 of incarnation 10 is refused: incarnation 9000 had its name and is gone, it must start anew");
        assertThat(hosts.bookings()).containsExactly(booking);

        hosts.release(POLICY, NOW + LOST);
        HeartbeatAnswer released = beat("cpu=4", 10, NOW + LOST);
        assertThat(released.kind()).isEqualTo(Kind.RELEASED);
        assertThat(released.newest()).isEqualTo(ahead);
        assertThat(beat("cpu=4", ahead + 1, NOW + LOST).kind()).isEqualTo(Kind.JOINED);
    }

    @Test
    void P4_aHostThatHasLeftNeedNotBeWaitedFor() {
        beat("cpu=4", 8_999, NOW);
        beat("cpu=0", 9_000, NOW);
        assertThat(beat("cpu=4", 10, NOW).kind()).isEqualTo(Kind.RELEASED);
        assertThat(beat("cpu=4", 9_001, NOW).kind()).isEqualTo(Kind.RESTARTED);
    }

    @Test
    void P4_aNewIncarnationStartsEmpty() {
        beat("cpu=4", 1, NOW);
        Booking booking = book(0, "cpu=3", 1);

        HeartbeatAnswer answer = beat("cpu=2", 2, NOW + 1);

        assertThat(answer).isEqualTo(HeartbeatAnswer.of(Kind.RESTARTED, "", List.of(booking)));
        assertThat(hosts.free("h1", "cpu")).isEqualTo(2);
        assertThat(hosts.bookings()).isEmpty();
    }

    @Test
    void aHostThatSaysLessThanItHasBookedGetsNothingNewUntilEnoughHasEnded() {
        beat("cpu=4", 1, NOW);
        Booking first = book(0, "cpu=2", 1);
        book(1, "cpu=2", 1);

        HeartbeatAnswer answer = beat("cpu=3", 1, NOW + 1);

        assertThat(answer.reason())
                .isEqualTo(
                        "host h1 has cpu=3, but cpu=4 is booked: it gets no new tasks there until enough have ended");
        assertThat(answer.kind()).isEqualTo(Kind.CHANGED);
        assertThat(answer.released()).isEmpty();
        assertThat(beat("cpu=3", 1, NOW + 1)).as("nothing is new").isEqualTo(HeartbeatAnswer.of(Kind.ALIVE));
        assertThat(beat("cpu=3", 1, NOW + 1 + SILENT).kind()).isEqualTo(Kind.RETURNED);
        assertThatThrownBy(() -> book(2, "cpu=1", 1)).isInstanceOf(IllegalStateException.class);
        hosts.end(first.task());
        book(2, "cpu=1", 1);
        assertThat(beat("cpu=3", 1, NOW + 2 + SILENT).reason()).isEmpty();
    }

    @Test
    void aHostThatTakesNothingMoreWhileItsTasksEndIsNoFault() {
        beat("cpu=4", 1, NOW);
        book(0, "cpu=2", 1);

        assertThat(beat("cpu=0", 1, NOW + 1)).isEqualTo(HeartbeatAnswer.of(Kind.CHANGED));
        assertThat(beat("cpu=0", 1, NOW + 2)).isEqualTo(HeartbeatAnswer.of(Kind.ALIVE));
    }

    @Test
    void ofTwoHostsOfOneNameTheOlderIncarnationIsRefused() {
        beat("cpu=4", 5, NOW);

        assertThat(beat("cpu=4", 3, NOW + 1).reason())
                .isEqualTo("host h1 of incarnation 3 is refused: incarnation 5 has taken its name");
        assertThat(hosts.heartbeat(host("cpu=4", 5, 7, NOW + 1), POLICY, NOW + 1)
                        .reason())
                .isEqualTo("host h1 is refused: two hosts have this name, with the partitions 0 and 7");
        assertThat(hosts.host("h1").orElseThrow().dispatchPartition()).isZero();
    }

    @Test
    void aHeartbeatFromTheFutureIsRefusedAndOneThatIsALittleAheadCountsAsNow() {
        assertThat(hosts.heartbeat(host("cpu=4", 1, 0, NOW + 5_001), POLICY, NOW)
                        .reason())
                .isEqualTo("host h1 is refused: its clock is 5001 ms ahead, 5000 are allowed");
        hosts.heartbeat(host("cpu=4", 1, 0, NOW + 5_000), POLICY, NOW);

        assertThat(hosts.isSilent("h1", POLICY, NOW + SILENT)).isTrue();
    }

    @Test
    void anOldHeartbeatDoesNotBringASilentHostBack() {
        beat("cpu=4", 1, NOW);

        hosts.heartbeat(host("cpu=4", 1, 0, NOW + 1), POLICY, NOW + SILENT + 1);

        assertThat(open(NOW + SILENT + 1)).isEmpty();
    }

    @Test
    void aHostOfAnotherPoolIsRefused() {
        Host other = new Host("gpu", "h1", 1, Amounts.NONE, Map.of(), 0, NOW);

        assertThat(hosts.heartbeat(other, POLICY, NOW).reason()).isEqualTo("host h1 is of pool gpu, not of batch");
    }

    @Test
    void aHostWithTooManyResourcesIsRefused() {
        Map<String, Long> many = new TreeMap<>();
        for (int resource = 0; resource <= HostTable.MOST_RESOURCES; resource++) {
            many.put("r" + resource, 1L);
        }
        Host greedy = new Host(POOL, "h1", 1, Amounts.of(many), Map.of(), 0, NOW);

        assertThat(hosts.heartbeat(greedy, POLICY, NOW).reason())
                .isEqualTo("host h1 is refused: pool batch would have 65 resources, 64 are allowed");
    }

    @Test
    void P1_aHostThatStopsInOrderGetsNotEvenTasksThatNeedNothing() {
        beat("cpu=4", 1, NOW);
        book(0, "cpu=3", 1);
        assertThat(open(NOW)).hasSize(1);
        hosts.heartbeat(new Host(POOL, "h1", 1, Amounts.NONE, Map.of(), 0, NOW + 1), POLICY, NOW + 1);
        assertThat(open(NOW + 1)).as("its task still runs").isEmpty();
        assertThatThrownBy(() -> book(1, "cpu=0", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("takes no tasks");
        hosts.heartbeat(new Host(POOL, "h1", 2, Amounts.NONE, Map.of(), 0, NOW + 2), POLICY, NOW + 2);
        assertThat(open(NOW + 2)).as("it has left").isEmpty();
        beat("cpu=4", 3, NOW + 3);
        assertThat(open(NOW + 3)).hasSize(1);
    }

    @Test
    void P7_aRestoredTableGoesOnAsTheOneBefore() {
        beat("cpu=4", 1, NOW);
        Booking booking = book(0, "cpu=3", 1);
        hosts.heartbeat(new Host(POOL, "h2", 4, Amounts.NONE, Map.of(), 1, NOW - LOST), POLICY, NOW - LOST);
        hosts.release(POLICY, NOW);
        HostTable restored = new HostTable(POOL);

        restored.restore(hosts.hosts(), hosts.bookings(), hosts.released(), NOW);

        assertThat(restored.free("h1", "cpu")).isEqualTo(1);
        assertThat(restored.bookings()).containsExactly(booking);
        assertThat(restored.released()).isEqualTo(Map.of("h2", 4L));
        assertThat(restored.release(POLICY, NOW + LOST)).containsExactly(booking);
    }

    @Test
    void amountsAreNotNegative() {
        assertThatThrownBy(() -> Amounts.of(Map.of("cpu", -1L))).hasMessage("an amount must be 0 or more, not cpu=-1");
        assertThat(Amounts.of(Map.of("gpu", 0L))).isEqualTo(Amounts.NONE);
    }
}
