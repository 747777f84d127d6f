package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds the tasks of one plan that lose their places to tasks of higher priority: only preemptible ones of lower priority, gangs whole,
 * and the newest first. No more of them than are needed, and none on hosts that are reserved.
 */
final class Preemption {
    private static final int UNITS_BETWEEN_CHECKS = 256;
    private static final Comparator<Booking> NEWEST =
            Comparator.comparingLong(Booking::at).reversed().thenComparing(Booking::task, Comparator.reverseOrder());

    private record Gang(long job, long session, int first, int attempt) {
        static Gang of(Booking booking) {
            TaskRef task = booking.task();
            return new Gang(task.job(), task.session(), booking.firstOfGang(), task.attempt());
        }
    }

    /** A gang or a task that started alone, the newest of its bookings first. */
    private record Unit(List<Booking> bookings, int priority) {
        static Unit of(List<Booking> gang) {
            return new Unit(
                    gang.stream().sorted(NEWEST).toList(),
                    gang.stream().mapToInt(Booking::priority).max().orElseThrow());
        }

        Booking newest() {
            return bookings.get(0);
        }
    }

    /** The hosts that no reservation holds as they would be without some units. */
    private final class Cleared {
        private final ShapeMatch shape;
        private final int most;
        private final Map<Integer, long[]> changed = new HashMap<>();
        private long tasks;

        /** @param most as many tasks as are asked for */
        Cleared(ShapeMatch shape, int most) {
            this.shape = shape;
            this.most = most;
            for (int host = 0; host < rooms.size(); host++) {
                tasks += rooms.isHeld(host) ? 0 : rooms.countFree(host, shape, most);
            }
        }

        boolean isEnough() {
            return tasks >= most;
        }

        /** Returns whether the end of a unit may make room. */
        boolean isHelpedBy(Unit unit) {
            return unit.bookings().stream().anyMatch(booking -> host(booking) >= 0);
        }

        /** The number of a booking's host; -1 if it cannot take any of the tasks. */
        private int host(Booking booking) {
            int host = rooms.number(booking.host());
            return host < 0 || rooms.isHeld(host) || rooms.countEmpty(host, shape, 1) == 0 ? -1 : host;
        }

        void end(Unit unit) {
            change(unit, 1);
        }

        void keep(Unit unit) {
            change(unit, -1);
        }

        private void change(Unit unit, int sign) {
            for (Booking booking : unit.bookings()) {
                int host = host(booking);
                if (host >= 0) {
                    long[] room = changed.computeIfAbsent(host, rooms::freeOn);
                    tasks -= shape.count(room, 0, most);
                    long[] needs = rooms.needs(booking);
                    for (int resource = 0; resource < room.length; resource++) {
                        room[resource] += sign * needs[resource];
                    }
                    tasks += shape.count(room, 0, most);
                }
            }
        }
    }

    private final HostRooms rooms;
    private final BooleanSupplier cancelled;
    /** The newest first. */
    private final List<Unit> candidates;

    private int left;

    /** @param most how many tasks may lose their places */
    Preemption(PlacementSnapshot snapshot, HostRooms rooms, int most, BooleanSupplier cancelled) {
        this.rooms = rooms;
        this.cancelled = cancelled;
        this.left = most;
        Map<Gang, List<Booking>> gangs = new LinkedHashMap<>();
        for (Booking booking : snapshot.bookings()) {
            gangs.computeIfAbsent(Gang.of(booking), gang -> new ArrayList<>(1)).add(booking);
        }
        candidates = new ArrayList<>(gangs.values().stream()
                .filter(gang -> gang.stream().allMatch(Booking::preemptible))
                .map(Unit::of)
                .sorted(Comparator.comparing(Unit::newest, NEWEST))
                .toList());
    }

    /**
     * The bookings that must end for one gang of an offer, or one task, to start; none if there is room. They are not found again. Empty if
     * too few may end.
     */
    Optional<List<Booking>> victims(Offer head, ShapeMatch shape) {
        Cleared hosts = new Cleared(shape, head.gangSize());
        List<Unit> chosen = new ArrayList<>();
        for (int next = 0; next < candidates.size() && !hosts.isEnough(); next++) {
            if (next % UNITS_BETWEEN_CHECKS == 0 && cancelled.getAsBoolean()) {
                throw new PlanCancelledException();
            }
            Unit unit = candidates.get(next);
            if (unit.priority() < head.priority() && hosts.isHelpedBy(unit)) {
                hosts.end(unit);
                chosen.add(unit);
            }
        }
        if (!hosts.isEnough()) {
            return Optional.empty();
        }
        // Those on other hosts than the head gets are spared, the oldest first.
        for (int last = chosen.size() - 1; last >= 0; last--) {
            hosts.keep(chosen.get(last));
            if (hosts.isEnough()) {
                chosen.remove(last);
            } else {
                hosts.end(chosen.get(last));
            }
        }
        List<Booking> victims =
                chosen.stream().flatMap(unit -> unit.bookings().stream()).toList();
        if (victims.size() > left) {
            return Optional.empty();
        }
        left -= victims.size();
        candidates.removeAll(chosen);
        return Optional.of(victims);
    }
}
