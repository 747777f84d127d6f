package io.yardmaster.core.placement;

import java.util.Comparator;
import java.util.List;

/**
 * The state that a plan depends on, at one time; immutable.
 *
 * @param at in epoch ms
 * @param hosts the hosts that may get new tasks, in the order of their names
 * @param bookings all bookings on them
 * @param offers by priority, highest first, then in their fair order
 * @param reservations of the last plan, at most one for each priority
 */
public record PlacementSnapshot(
        long at, List<Host> hosts, List<Booking> bookings, List<Offer> offers, List<Reservation> reservations) {
    private static final Comparator<Offer> TURN =
            Comparator.comparingInt(Offer::priority).reversed().thenComparingLong(Offer::order);

    public PlacementSnapshot {
        hosts = hosts.stream().sorted(Comparator.comparing(Host::name)).toList();
        bookings = List.copyOf(bookings);
        offers = offers.stream().sorted(TURN).toList();
        reservations = List.copyOf(reservations);
    }
}
