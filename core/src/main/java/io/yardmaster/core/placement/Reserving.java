package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reserves hosts for the blocked head of a level, where it will have room first by the expected ends of the tasks there. */
final class Reserving {
    private static final int HOSTS_BETWEEN_CHECKS = 256;

    /** Room for some tasks of the head that there will be on a host at a time. */
    private record Opening(long time, int host, int tasks) {}

    private static final Comparator<Opening> FIRST =
            Comparator.comparingLong(Opening::time).thenComparingInt(Opening::host);

    private final HostRooms rooms;
    private final BooleanSupplier cancelled;
    /** Differs from the times of all reservations that bookings know. */
    private long nextSince;

    Reserving(HostRooms rooms, PlacementSnapshot snapshot, BooleanSupplier cancelled) {
        this.rooms = rooms;
        this.cancelled = cancelled;
        this.nextSince = snapshot.at();
        for (Reservation each : snapshot.reservations()) {
            nextSince = Math.max(nextSince, each.since() + 1);
        }
    }

    /**
     * Holds the same hosts as the plan before. The turn stays too: if it moved, tasks could pass the head for ever.
     *
     * @return false if one of them is gone, has become too small, or is held for a higher priority; then none is held
     */
    boolean renew(Reservation reservation, ShapeMatch shape) {
        Map<Integer, Hold> holds = new TreeMap<>();
        for (Map.Entry<String, Integer> share : reservation.tasks().entrySet()) {
            int host = rooms.number(share.getKey());
            long[] spare = host < 0 || rooms.isHeld(host) ? null : spare(host, shape, share.getValue(), reservation);
            if (spare == null) {
                return false;
            }
            holds.put(host, new Hold(reservation, spare));
        }
        holds.forEach(rooms::hold);
        return true;
    }

    /** The room that the head leaves on a host at its turn; null if it has not enough even then. */
    private long @Nullable [] spare(int host, ShapeMatch shape, int tasks, Reservation reservation) {
        if (rooms.countEmpty(host, shape, tasks) < tasks) {
            return null;
        }
        long[] room = rooms.freeOn(host);
        List<Stay> ending = rooms.stays(host).stream()
                .filter(stay -> !stay.outlasts(reservation.since(), reservation.turn()))
                .sorted(Stay.BY_END)
                .toList();
        // One task at a time: the reservation counts on the end of no more of them than it needs.
        int next = 0;
        int ended = 0;
        while (shape.count(room, 0, tasks) < tasks) {
            if (next == ending.size()) {
                return null;
            }
            add(room, ending.get(next), 1);
            ended++;
            if (ended == ending.get(next).tasks()) {
                next++;
                ended = 0;
            }
        }
        for (int resource = 0; resource < room.length; resource++) {
            room[resource] -= shape.needs()[resource] * tasks;
        }
        return room;
    }

    private static void add(long[] room, Stay ended, int tasks) {
        for (int resource = 0; resource < room.length; resource++) {
            room[resource] += ended.needs()[resource] * tasks;
        }
    }

    /** Makes a reservation for a gang, or for one task; null if the hosts that no other reservation holds are not enough. */
    @Nullable
    Reservation reserve(Offer offer, int firstTask, ShapeMatch shape, long now) {
        List<Opening> openings = new ArrayList<>();
        for (int host = 0; host < rooms.size(); host++) {
            if (host % HOSTS_BETWEEN_CHECKS == 0 && cancelled.getAsBoolean()) {
                throw new PlanCancelledException();
            }
            if (!rooms.isHeld(host) && rooms.countEmpty(host, shape, 1) > 0) {
                addOpenings(host, shape, offer.gangSize(), now, openings);
            }
        }
        openings.sort(FIRST);
        Map<String, Integer> tasks = new TreeMap<>();
        int left = offer.gangSize();
        long turn = now;
        for (int next = 0; next < openings.size() && left > 0; next++) {
            Opening opening = openings.get(next);
            int taken = Math.min(left, opening.tasks);
            tasks.merge(rooms.host(opening.host).name(), taken, Integer::sum);
            left -= taken;
            turn = opening.time;
        }
        if (left > 0) {
            return null;
        }
        Reservation made = new Reservation(
                offer.priority(), offer.order(), firstTask, nextSince, turn == Booking.NEVER ? now : turn, tasks);
        nextSince++;
        return renew(made, shape) ? made : null;
    }

    private void addOpenings(int host, ShapeMatch shape, int most, long now, List<Opening> openings) {
        long[] room = rooms.freeOn(host);
        int before = shape.count(room, 0, most);
        if (before > 0) {
            openings.add(new Opening(now, host, before));
        }
        List<Stay> ending = rooms.stays(host).stream().sorted(Stay.BY_END).toList();
        for (int next = 0; next < ending.size() && before < most; next++) {
            add(room, ending.get(next), ending.get(next).tasks());
            int count = shape.count(room, 0, most);
            if (count > before) {
                openings.add(new Opening(Math.max(now, ending.get(next).end()), host, count - before));
                before = count;
            }
        }
    }
}
