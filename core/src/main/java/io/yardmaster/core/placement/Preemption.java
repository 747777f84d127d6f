package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes room from tasks of lower priority for the blocked head of the highest level, on the hosts that are reserved for it: only
 * from tasks that are preemptible, the newest first, and gangs whole.
 */
public final class Preemption {
    private static final Comparator<Booking> NEWEST =
            Comparator.comparingLong(Booking::at).reversed().thenComparing(Booking::task, Comparator.reverseOrder());

    private record Gang(long job, long session, int first, int attempt) {
        static Gang of(Booking booking) {
            TaskRef task = booking.task();
            return new Gang(task.job(), task.session(), booking.firstOfGang(), task.attempt());
        }
    }

    private Preemption() {}

    /**
     * The bookings whose tasks are to be killed and made ready again, newest first. There are none if the policy allows fewer than are
     * needed, or if they would not be enough.
     */
    public static List<Booking> victims(PlacementSnapshot snapshot, Plan plan, PlacementPolicy policy) {
        if (policy.preemption() == 0 || plan.reservations().isEmpty()) {
            return List.of();
        }
        Reservation reservation = plan.reservations().get(0);
        Offer head = snapshot.offers().stream()
                .filter(offer -> offer.order() == reservation.offer())
                .findFirst()
                .orElseThrow();
        HostRooms rooms = new HostRooms(snapshot);
        for (Placing placing : plan.placings()) {
            rooms.place(
                    rooms.number(placing.host()),
                    rooms.match(placing.offer().requirement()),
                    placing.tasks(),
                    snapshot.at(),
                    Booking.NEVER);
        }
        Map<Gang, List<Booking>> gangs = snapshot.bookings().stream().collect(Collectors.groupingBy(Gang::of));
        Set<Booking> victims = new HashSet<>();
        for (Map.Entry<String, Integer> share : reservation.tasks().entrySet()) {
            if (!clear(share.getKey(), share.getValue(), head, rooms, gangs, victims)) {
                return List.of();
            }
        }
        return victims.size() > policy.preemption()
                ? List.of()
                : victims.stream().sorted(NEWEST).toList();
    }

    /** Adds victims until a host has room for so many tasks of the head. */
    private static boolean clear(
            String name, int tasks, Offer head, HostRooms rooms, Map<Gang, List<Booking>> gangs, Set<Booking> victims) {
        ShapeMatch shape = rooms.match(head.requirement());
        int host = rooms.number(name);
        long[] room = rooms.freeOn(host);
        List<Booking> there = new ArrayList<>();
        gangs.values().forEach(gang -> gang.stream()
                .filter(booking -> booking.host().equals(name))
                .forEach(there::add));
        there.stream().filter(victims::contains).forEach(booking -> add(room, rooms, booking));
        List<Booking> candidates = there.stream()
                .filter(booking -> booking.preemptible() && booking.priority() < head.priority())
                .sorted(NEWEST)
                .toList();
        for (int next = 0; shape.count(room, 0, tasks) < tasks; next++) {
            if (next == candidates.size()) {
                return false;
            }
            if (!victims.contains(candidates.get(next))) {
                List<Booking> gang = gangs.getOrDefault(Gang.of(candidates.get(next)), List.of());
                victims.addAll(gang);
                gang.stream()
                        .filter(booking -> booking.host().equals(name))
                        .forEach(booking -> add(room, rooms, booking));
            }
        }
        return true;
    }

    private static void add(long[] room, HostRooms rooms, Booking ended) {
        long[] needs = rooms.match(new Requirement(ended.needs(), Map.of())).needs();
        for (int resource = 0; resource < room.length; resource++) {
            room[resource] += needs[resource];
        }
    }
}
