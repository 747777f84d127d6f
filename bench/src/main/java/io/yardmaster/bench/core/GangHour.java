package io.yardmaster.bench.core;

import io.yardmaster.core.placement.BlockedOffer;
import io.yardmaster.core.placement.Booking;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.Offer;
import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.core.placement.PlacementSnapshot;
import io.yardmaster.core.placement.Placing;
import io.yardmaster.core.placement.Plan;
import io.yardmaster.core.placement.Planner;
import io.yardmaster.core.placement.Requirement;
import io.yardmaster.core.placement.Reservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * An hour of virtual time on a thousand cores, planned every second. Small tasks, of which there are always more than fit, take 10 to 120
 * seconds; every two minutes for 50 minutes comes a gang of 64 tasks, which take five minutes. The planner knows the mean duration of each
 * kind.
 */
public final class GangHour {
    private static final int SECONDS = 3_600;
    private static final int GANGS_UNTIL = 3_000;
    private static final int GANG_EVERY = 120;
    private static final int GANG_SIZE = 64;
    private static final int HOSTS = 125;
    private static final int CORES = 8;
    private static final int MOST_WAITING = 500;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 120;
    private static final int GANG_SECONDS = 300;
    private static final Requirement CORE = Requirement.of(Map.of("cpu", 1L));

    private record End(int second, Booking booking) {}

    private final Random random;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();
    private final PriorityQueue<End> running = new PriorityQueue<>(Comparator.comparingInt(End::second));
    private final Map<Long, Integer> gangs = new HashMap<>();
    private List<Reservation> reservations = List.of();
    private long order;
    private int arrived;
    private int longestWait;
    private long usedCoreSeconds;

    /**
     * The figures of an hour.
     *
     * @param gangs how many came
     * @param started how many of them started
     * @param longestWaitSeconds of a gang that started
     * @param utilisation the part of all core seconds in which a core had a task, in percent
     */
    public record Summary(int gangs, int started, double longestWaitSeconds, double utilisation) {}

    private GangHour(Random random) {
        this.random = random;
        for (int host = 0; host < HOSTS; host++) {
            hosts.add(PlacementPools.host(String.format(Locale.ROOT, "h%03d", host), Map.of("cpu", (long) CORES)));
        }
    }

    /** Plays the hour. */
    public static Summary play(long seed) {
        GangHour hour = new GangHour(new Random(seed));
        for (int second = 0; second < SECONDS; second++) {
            hour.play(second);
        }
        return new Summary(
                hour.arrived,
                hour.arrived - hour.gangs.size(),
                hour.longestWait,
                100.0 * hour.usedCoreSeconds / ((long) SECONDS * HOSTS * CORES));
    }

    private void play(int second) {
        while (!running.isEmpty() && running.peek().second <= second) {
            running.remove();
        }
        arrive(second);
        PlacementSnapshot snapshot = new PlacementSnapshot(
                second * 1_000L, hosts, running.stream().map(End::booking).toList(), offers, reservations);
        Plan plan = Planner.plan(snapshot, PlacementPolicy.DEFAULT);
        reservations = plan.reservations();
        offers.clear();
        plan.blocked().stream().map(BlockedOffer::offer).forEach(offers::add);
        plan.placings().forEach(placing -> start(placing, second));
        usedCoreSeconds += running.size();
    }

    private void arrive(int second) {
        if (second % GANG_EVERY == 0 && second < GANGS_UNTIL) {
            gangs.put(order, second);
            arrived++;
            offers.add(PlacementPools.offer(order++, CORE, GANG_SIZE, true, GANG_SECONDS * 1_000L));
        }
        while (offers.size() < MOST_WAITING) {
            offers.add(PlacementPools.offer(order++, CORE, 1, false, (SHORTEST + LONGEST) / 2 * 1_000L));
        }
    }

    private void start(Placing placing, int second) {
        Offer offer = placing.offer();
        Integer since = gangs.remove(offer.order());
        if (since != null) {
            longestWait = Math.max(longestWait, second - since);
        }
        for (int task = placing.firstTask(); task < placing.firstTask() + placing.tasks(); task++) {
            int duration = offer.gangSize() > 1 ? GANG_SECONDS : SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
            Booking booking = new Booking(
                    offer.task(task),
                    placing.host(),
                    placing.incarnation(),
                    CORE.needs(),
                    0,
                    false,
                    offer.firstTask(),
                    offer.gangSize(),
                    second * 1_000L,
                    second * 1_000L + offer.expectedMs(),
                    placing.beside());
            running.add(new End(second + duration, booking));
        }
    }
}
