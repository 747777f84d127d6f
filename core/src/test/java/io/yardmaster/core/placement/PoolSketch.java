package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hosts, bookings and offers in few words. */
final class PoolSketch {
    static final String POOL = "batch";
    static final PlacementPolicy POLICY = PlacementPolicy.DEFAULT;
    static final long NOW = 1_000_000;

    final List<Host> hosts = new ArrayList<>();
    final List<Booking> bookings = new ArrayList<>();
    final List<Offer> offers = new ArrayList<>();
    List<Reservation> reservations = List.of();
    long now = NOW;
    private long nextOrder = 1;
    private long nextJob = 1_000;

    static Map<String, Long> amounts(String text) {
        Map<String, Long> amounts = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.split("=", 2);
            amounts.put(sides[0].strip(), Long.valueOf(sides[1]));
        }
        return amounts;
    }

    static Host host(String name, String total) {
        return host(name, total, Map.of());
    }

    static Host host(String name, String total, Map<String, String> labels) {
        return new Host(POOL, name, 1, Amounts.of(amounts(total)), labels, 0, NOW);
    }

    static Requirement needs(String text) {
        return Requirement.of(amounts(text));
    }

    PoolSketch add(String name, String total) {
        hosts.add(host(name, total));
        return this;
    }

    PoolSketch add(String name, String total, String label, String value) {
        hosts.add(host(name, total, Map.of(label, value)));
        return this;
    }

    /** A task that runs on a host, alone. */
    PoolSketch busy(String host, String needs, long end) {
        return busy(host, needs, end, 0, false);
    }

    PoolSketch busy(String host, String needs, long end, int priority, boolean preemptible) {
        long job = nextJob++;
        bookings.add(new Booking(
                new TaskRef(job, 0, 0, 0),
                host,
                1,
                Amounts.of(amounts(needs)),
                priority,
                preemptible,
                0,
                1,
                job,
                end,
                Booking.NO_RESERVATION));
        return this;
    }

    Offer offer(String needs, int tasks) {
        return offer(needs(needs), tasks, 1, 0, -1);
    }

    Offer gang(String needs, int size) {
        return offer(needs(needs), size, size, 0, -1);
    }

    Offer offer(Requirement requirement, int tasks, int gangSize, int priority, long expectedMs) {
        long order = nextOrder++;
        Offer offer = new Offer(order, order, 1, 0, 0, 0, tasks, 0, requirement, priority, gangSize, expectedMs, false);
        offers.add(offer);
        return offer;
    }

    PlacementSnapshot snapshot() {
        return new PlacementSnapshot(now, hosts, bookings, offers, reservations);
    }

    Plan plan() {
        return plan(POLICY);
    }

    Plan plan(PlacementPolicy policy) {
        return Planner.plan(snapshot(), policy);
    }

    /** Makes the bookings of a plan, and keeps the offers' tasks that have no place. */
    void apply(Plan plan) {
        List<Offer> left = new ArrayList<>();
        for (BlockedOffer each : plan.blocked()) {
            Offer offer = each.offer();
            int done = each.firstTask() - offer.firstTask();
            left.add(new Offer(
                    offer.order(),
                    offer.job(),
                    offer.group(),
                    offer.session(),
                    offer.stage(),
                    each.firstTask(),
                    offer.tasks() - done,
                    offer.attempt(),
                    offer.requirement(),
                    offer.priority(),
                    offer.gangSize(),
                    offer.expectedMs(),
                    offer.preemptible()));
        }
        offers.clear();
        offers.addAll(left);
        reservations = plan.reservations();
        plan.placings().forEach(placing -> {
            for (int task = placing.firstTask(); task < placing.firstTask() + placing.tasks(); task++) {
                bookings.add(booking(placing, task, now));
            }
        });
    }

    static Booking booking(Placing placing, int task, long at) {
        Offer offer = placing.offer();
        return new Booking(
                offer.task(task),
                placing.host(),
                placing.incarnation(),
                offer.requirement().needs(),
                offer.priority(),
                offer.preemptible(),
                offer.gangOf(task),
                offer.gangSize(),
                at,
                offer.endIfStarted(at),
                placing.beside());
    }

    /** Such as {@code 1.0@a 1.1@b}: order, task and host of each placing's tasks. */
    static String shown(Plan plan) {
        List<String> shown = new ArrayList<>();
        for (Placing placing : plan.placings()) {
            for (int task = placing.firstTask(); task < placing.firstTask() + placing.tasks(); task++) {
                shown.add("%s.%s@%s".formatted(placing.offer().order(), task, placing.host()));
            }
        }
        return String.join(" ", shown);
    }
}
