package io.yardmaster.core.placement;

import static io.yardmaster.core.placement.PoolSketch.NOW;
import static io.yardmaster.core.placement.PoolSketch.POLICY;
import static io.yardmaster.core.placement.PoolSketch.amounts;
import static io.yardmaster.core.placement.PoolSketch.needs;
import static io.yardmaster.core.placement.PoolSketch.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.core.placement.BlockedOffer.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final PoolSketch pool = new PoolSketch();

    @Test
    void aTaskGoesWhereTheFewestCoresAreLeftAndThenTheMostMemory() {
        pool.add("a", "cpu=8,memory=64").add("b", "cpu=4,memory=16").add("c", "cpu=4,memory=32");
        pool.offer("cpu=2,memory=4", 3);

        assertThat(shown(pool.plan())).isEqualTo("1.0@c 1.1@c 1.2@b");
    }

    @Test
    void aTaskLeavesHostsWithGpusToThoseThatNeedThem() {
        pool.add("a", "cpu=4,memory=16,gpu=2").add("b", "cpu=16,memory=64");
        pool.offer("cpu=4", 5);
        pool.offer("cpu=1,gpu=1", 1);

        assertThat(shown(pool.plan())).isEqualTo("1.0@b 1.1@b 1.2@b 1.3@b 1.4@a");
        pool.offers.remove(0);
        pool.offer("cpu=4", 4);
        assertThat(shown(pool.plan())).isEqualTo("2.0@a 3.0@b 3.1@b 3.2@b 3.3@b");
    }

    @Test
    void spreadTakesTheLeastUsedHost() {
        pool.add("a", "cpu=4").add("b", "cpu=8").add("c", "cpu=8");
        pool.offer("cpu=1", 5);

        assertThat(shown(pool.plan(POLICY.with(new Spread())))).isEqualTo("1.0@a 1.1@b 1.2@c 1.3@b 1.4@c");
    }

    @Test
    void opportunityCostKeepsAHostsResourcesInProportion() {
        pool.add("a", "cpu=8,memory=8").add("b", "cpu=8,memory=8");
        pool.busy("a", "memory=4", Booking.NEVER).busy("b", "cpu=5", Booking.NEVER);
        pool.offer("cpu=2", 1);
        pool.offer("memory=2", 1);

        assertThat(shown(pool.plan(POLICY.with(new OpportunityCost())))).isEqualTo("1.0@a 2.0@b");
    }

    @Test
    void P1_labelsAndTotalsAreHeeded() {
        pool.add("a", "cpu=8", "zone", "a").add("b", "cpu=2", "zone", "b");
        pool.offer(new Requirement(Amounts.of(amounts("cpu=1")), Map.of("zone", "b")), 3, 1, 0, -1);

        Plan plan = pool.plan();

        assertThat(shown(plan)).isEqualTo("1.0@b 1.1@b");
        assertThat(plan.blocked()).containsExactly(new BlockedOffer(pool.offers.get(0), 2, Reason.NO_ROOM));
    }

    @Test
    void P1_aHostThatShrankBelowItsBookingsGetsNothing() {
        pool.add("a", "cpu=4,memory=8").busy("a", "cpu=6", Booking.NEVER);
        pool.offer("cpu=1", 1);
        pool.offer("memory=1", 1);

        assertThat(shown(pool.plan())).isEqualTo("2.0@a");
    }

    @Test
    void unknownResourcesFitNowhereAndBlockNobody() {
        pool.add("a", "cpu=4");
        pool.offer("fpga=1", 1);
        pool.offer("cpu=8", 1);
        pool.offer("cpu=4", 1);

        Plan plan = pool.plan();

        assertThat(shown(plan)).isEqualTo("3.0@a");
        assertThat(plan.blocked()).extracting(BlockedOffer::reason).containsOnly(Reason.FITS_NOWHERE);
        assertThat(plan.reservations()).isEmpty();
    }

    @Test
    void offersGoByPriorityAndThenInTheirOrder() {
        pool.add("a", "cpu=2");
        pool.offer("cpu=1", 1);
        pool.offer(needs("cpu=1"), 1, 1, 5, -1);
        pool.offer("cpu=1", 1);

        assertThat(shown(pool.plan())).isEqualTo("2.0@a 1.0@a");
    }

    @Test
    void P5_aGangStartsAsAWholeOrNotAtAll() {
        pool.add("a", "cpu=4").add("b", "cpu=3");
        pool.gang("cpu=2", 4);
        pool.gang("cpu=2", 3);

        Plan plan = pool.plan();

        assertThat(shown(plan)).isEqualTo("2.0@b 2.1@a 2.2@a");
        assertThat(plan.blocked()).extracting(BlockedOffer::reason).containsExactly(Reason.FITS_NOWHERE);
    }

    @Test
    void P5_anOfferOfSeveralGangsStartsWholeGangs() {
        pool.add("a", "cpu=5");
        pool.offer(needs("cpu=1"), 6, 3, 0, -1);

        Plan plan = pool.plan();

        assertThat(shown(plan)).isEqualTo("1.0@a 1.1@a 1.2@a");
        assertThat(plan.blocked()).containsExactly(new BlockedOffer(pool.offers.get(0), 3, Reason.NO_ROOM));
    }

    @Test
    void P5_theBlockedHeadReservesTheHostThatIsFreeFirst() {
        pool.add("a", "cpu=4").add("b", "cpu=4");
        pool.busy("a", "cpu=3", NOW + 100).busy("b", "cpu=3", NOW + 50);
        Offer head = pool.offer("cpu=4", 1);

        Plan plan = pool.plan();

        assertThat(plan.reservations())
                .containsExactly(new Reservation(0, head.order(), 0, NOW, NOW + 50, Map.of("b", 1)));
    }

    @Test
    void P5_othersPassTheHeadIfTheyEndBeforeItsTurn() {
        pool.add("a", "cpu=4").busy("a", "cpu=3", NOW + 100);
        pool.offer("cpu=4", 1);
        pool.offer(needs("cpu=1"), 1, 1, 0, 101);
        pool.offer(needs("cpu=1"), 1, 1, 0, -1);
        pool.offer(needs("cpu=1"), 1, 1, 0, 100);

        Plan plan = pool.plan();

        assertThat(shown(plan)).isEqualTo("4.0@a");
        assertThat(plan.blocked())
                .extracting(BlockedOffer::reason)
                .containsExactly(Reason.NO_ROOM, Reason.RESERVED, Reason.RESERVED);
    }

    @Test
    void P5_othersPassTheHeadIfTheyLeaveItTheRoom() {
        pool.add("a", "cpu=8").busy("a", "cpu=4", Booking.NEVER);
        pool.offer("cpu=6", 1);
        pool.offer("cpu=1", 4);

        Plan plan = pool.plan();

        assertThat(shown(plan)).isEqualTo("2.0@a 2.1@a");
        assertThat(plan.placings()).allMatch(placing -> placing.beside() == NOW);
    }

    @Test
    void P5_smallTasksThatNeverStopComingDoNotStarveTheHead() {
        pool.add("a", "cpu=8");
        pool.busy("a", "cpu=4", Booking.NEVER).busy("a", "cpu=4", Booking.NEVER);
        Offer head = pool.offer("cpu=6", 1);
        List<Booking> old = List.copyOf(pool.bookings);

        pool.apply(pool.plan());
        int steps = 0;
        while (pool.offers.contains(head)) {
            assertThat(steps++).isLessThan(10);
            if (steps == 3 || steps == 6) {
                pool.bookings.remove(old.get(steps / 3 - 1));
            }
            pool.now += 10;
            pool.offer(needs("cpu=1"), 2, 1, 0, 1_000);
            pool.apply(pool.plan());
        }

        assertThat(steps).isEqualTo(6);
    }

    @Test
    void P5_aReservationStaysWithItsTurnWhileItsHostsAreThere() {
        pool.add("a", "cpu=4").add("b", "cpu=4");
        pool.busy("a", "cpu=3", NOW + 100).busy("b", "cpu=3", NOW + 50);
        pool.offer("cpu=4", 1);
        pool.apply(pool.plan());
        List<Reservation> first = pool.reservations;
        pool.busy("b", "cpu=1", NOW + 500);
        pool.now += 20;

        pool.apply(pool.plan());
        assertThat(pool.reservations).isEqualTo(first);

        pool.hosts.remove(1);
        pool.bookings.removeIf(booking -> booking.host().equals("b"));
        pool.apply(pool.plan());
        assertThat(pool.reservations).extracting(Reservation::tasks).containsExactly(Map.of("a", 1));
    }

    @Test
    void P5_eachLevelHasOneReservationAndHigherOnesTakeFromLower() {
        pool.add("a", "cpu=4").add("b", "cpu=4");
        pool.busy("a", "cpu=3", NOW + 100).busy("b", "cpu=3", NOW + 50);
        pool.offer(needs("cpu=4"), 1, 1, 0, -1);
        pool.offer(needs("cpu=4"), 1, 1, 0, -1);
        pool.apply(pool.plan());
        assertThat(pool.reservations).extracting(Reservation::tasks).containsExactly(Map.of("b", 1));
        pool.offer(needs("cpu=4"), 1, 1, 7, -1);

        pool.apply(pool.plan());

        assertThat(pool.reservations)
                .extracting(
                        Reservation::priority,
                        reservation -> reservation.tasks().toString())
                .containsExactly(tuple(7, "{b=1}"), tuple(0, "{a=1}"));
    }

    @Test
    void aPlanPlacesNoMoreThanItsLimitAndKeepsReservationsThatItDidNotReach() {
        pool.add("a", "cpu=4").busy("a", "cpu=4", NOW + 9);
        pool.offer("cpu=4", 1);
        pool.apply(pool.plan());
        pool.add("b", "cpu=3");
        pool.offer(needs("cpu=1"), 3, 1, 1, -1);
        List<Reservation> before = pool.reservations;

        Plan plan = pool.plan(POLICY.withPlanLimit(2));

        assertThat(shown(plan)).isEqualTo("2.0@b 2.1@b");
        assertThat(plan.blocked()).extracting(BlockedOffer::reason).containsOnly(Reason.PLAN_LIMIT);
        assertThat(plan.reservations()).isEqualTo(before);
    }

    @Test
    void equalShapesAreMatchedOnce() {
        for (int host = 0; host < 1_000; host++) {
            pool.add("h%04d".formatted(host), "cpu=4");
        }
        for (int offer = 0; offer < 1_000; offer++) {
            pool.offer("cpu=8", 1);
            pool.offer("cpu=1", 4);
        }

        PlanCounters counters = pool.plan().counters();

        assertThat(counters.placed()).isEqualTo(4_000);
        assertThat(counters.shapes()).isEqualTo(2);
        assertThat(counters.hostsLookedAt()).isLessThan(64_000);
        assertThat(counters.wastedAttempts()).isEqualTo(1);
    }

    @Test
    void aCancelledPlanEndsSoon() {
        for (int host = 0; host < 100; host++) {
            pool.add("h%04d".formatted(host), "cpu=4");
        }
        for (int offer = 0; offer < 400; offer++) {
            pool.offer("cpu=1", 1);
        }
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Planner.plan(pool.snapshot(), POLICY, () -> asked.incrementAndGet() == 3))
                .isInstanceOf(PlanCancelledException.class);
        assertThat(asked).hasValue(3);
    }

    private static List<Booking> victims(Plan plan) {
        return plan.placings().stream()
                .flatMap(placing -> placing.victims().stream())
                .toList();
    }

    @Test
    void preemptionIsOffUnlessThePolicyAllowsIt() {
        pool.add("a", "cpu=4").busy("a", "cpu=4", Booking.NEVER, 0, true);
        pool.offer(needs("cpu=4"), 1, 1, 1, -1);

        assertThat(pool.plan().placings()).isEmpty();
        Plan plan = pool.plan(POLICY.withPreemption(1));
        assertThat(victims(plan)).isEqualTo(pool.bookings);
        assertThat(shown(plan)).isEqualTo("1.0@a");
        assertThat(plan.reservations()).isEmpty();
        assertThat(plan.blocked()).isEmpty();
    }

    @Test
    void preemptionTakesTheNewestPreemptibleTasksOfLowerPriorityAndGangsWhole() {
        pool.add("a", "cpu=8").add("b", "cpu=2");
        pool.busy("a", "cpu=2", Booking.NEVER, 0, true)
                .busy("a", "cpu=2", Booking.NEVER, 0, false)
                .busy("a", "cpu=2", Booking.NEVER, 3, true);
        Booking single = pool.bookings.get(0);
        List<Booking> gang = new ArrayList<>();
        for (String host : List.of("a", "b")) {
            TaskRef task = new TaskRef(5, 0, gang.size(), 0);
            gang.add(new Booking(
                    task, host, 1, single.needs(), 0, true, 0, 2, 9_000, Booking.NEVER, Booking.NO_RESERVATION));
        }
        pool.bookings.addAll(gang);
        pool.offer(needs("cpu=4"), 1, 1, 1, -1);

        assertThat(victims(pool.plan(POLICY.withPreemption(3)))).containsExactly(gang.get(1), gang.get(0), single);
        assertThat(victims(pool.plan(POLICY.withPreemption(2)))).isEmpty();
    }

    @Test
    void preemptionSparesTasksOnHostsThatTheTaskDoesNotGet() {
        pool.add("a", "cpu=4").add("b", "cpu=4");
        pool.busy("b", "cpu=4", Booking.NEVER, 0, true)
                .busy("a", "cpu=3", Booking.NEVER, 0, false)
                .busy("a", "cpu=1", Booking.NEVER, 0, true);
        pool.offer(needs("cpu=4"), 1, 1, 1, -1);

        Plan plan = pool.plan(POLICY.withPreemption(9));

        assertThat(shown(plan)).isEqualTo("1.0@b");
        assertThat(victims(plan)).containsExactly(pool.bookings.get(0));
    }

    @Test
    void behindATaskThatWaitsInVainNoneOfItsPriorityTakesAPlaceFromOthers() {
        pool.add("a", "cpu=4").add("b", "cpu=2");
        pool.busy("a", "cpu=4", Booking.NEVER, 0, false).busy("b", "cpu=2", Booking.NEVER, 0, true);
        pool.offer(needs("cpu=4"), 1, 1, 2, -1);
        pool.offer(needs("cpu=2"), 1, 1, 2, -1);
        assertThat(victims(pool.plan(POLICY.withPreemption(9)))).isEmpty();

        pool.offer(needs("cpu=1"), 1, 1, 1, -1);
        assertThat(victims(pool.plan(POLICY.withPreemption(9))))
                .as("of a lower level")
                .containsExactly(pool.bookings.get(1));
    }

    @Test
    void aTaskThatFitsIntoTheRestOfAVictimsRoomTakesNothingMore() {
        pool.add("a", "cpu=4").add("b", "cpu=4");
        pool.busy("a", "cpu=4", Booking.NEVER, 0, true).busy("b", "cpu=4", Booking.NEVER, 0, true);
        pool.offer(needs("cpu=2"), 2, 1, 1, -1);

        Plan plan = pool.plan(POLICY.withPreemption(9));

        assertThat(shown(plan)).isEqualTo("1.0@b 1.1@b");
        assertThat(victims(plan)).containsExactly(pool.bookings.get(1));
    }
}
