package io.yardmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Pools in virtual time. jqwik prints the seed of a failure. */
class PlacementWorldProperties {
    private static final int LONGEST = 50;

    @Property(tries = 75, shrinking = ShrinkingMode.OFF)
    void P1_P3_P4_booksAreRightWhateverHappensToHostsAndPlans(@ForAll long seed) {
        PlacementWorld world = new PlacementWorld(seed);
        for (int step = 0; step < 200; step++) {
            world.step();
        }
        world.settle();
    }

    @Example
    void muchHappensInTheseWorlds() {
        int booked = 0;
        int dropped = 0;
        int lost = 0;
        int preempted = 0;
        for (long seed = 0; seed < 100; seed++) {
            PlacementWorld world = new PlacementWorld(seed);
            for (int step = 0; step < 200; step++) {
                world.step();
            }
            booked += world.booked;
            dropped += world.dropped;
            lost += world.lost;
            preempted += world.preempted;
        }
        assertThat(booked).as("bookings").isGreaterThan(100);
        assertThat(dropped).as("dropped decisions").isGreaterThan(20);
        assertThat(lost).as("lost tasks").isGreaterThan(20);
        assertThat(preempted).as("preempted tasks").isGreaterThan(20);
    }

    /** Small tasks fill every hole for ever; expected durations are right, unknown or wrong. */
    @Property(tries = 75, shrinking = ShrinkingMode.OFF)
    void P5_everyGangThatFitsTheEmptyFleetStarts(@ForAll long seed) {
        Random random = new Random(seed);
        PoolSketch pool = new PoolSketch();
        int hosts = 1 + random.nextInt(6);
        for (int host = 0; host < hosts; host++) {
            pool.add("h" + host, "cpu=4");
        }
        List<Long> ends = new ArrayList<>();
        List<Long> gangs = new ArrayList<>();
        boolean known = random.nextBoolean();
        for (long step = 0; step < 40 || !gangs.isEmpty(); step++) {
            // The tasks of the head's hosts end within LONGEST after its reservation, and so does the gang before it.
            assertThat(step).as("steps, with gangs %s waiting", gangs).isLessThan(40 + 2L * LONGEST * 10);
            pool.now++;
            for (int small = 0; small < hosts; small++) {
                long duration = 1L + random.nextInt(LONGEST);
                long expected = known ? duration : random.nextBoolean() ? -1 : random.nextInt(LONGEST);
                pool.offer(PoolSketch.needs("cpu=1"), 1, 1, 0, expected);
            }
            if (step < 40 && random.nextInt(8) == 0 && gangs.size() < 5) {
                int size = 1 + random.nextInt(hosts);
                gangs.add(pool.offer(PoolSketch.needs("cpu=" + (2 + random.nextInt(3))), size, size, 0, 10)
                        .order());
            }
            int before = pool.bookings.size();
            pool.apply(pool.plan());
            for (Booking booking : pool.bookings.subList(before, pool.bookings.size())) {
                gangs.remove(booking.task().job());
                ends.add(pool.now
                        + (known && booking.expectedEnd() != Booking.NEVER
                                ? booking.expectedEnd() - pool.now
                                : 1L + random.nextInt(LONGEST)));
            }
            for (int running = ends.size() - 1; running >= 0; running--) {
                if (ends.get(running) <= pool.now) {
                    ends.remove(running);
                    pool.bookings.remove(running);
                }
            }
            while (pool.offers.size() > 60) {
                pool.offers.remove(pool.offers.stream()
                        .filter(offer -> !gangs.contains(offer.order()))
                        .reduce((one, other) -> other)
                        .orElseThrow());
            }
        }
    }
}
