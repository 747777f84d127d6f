package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The state that a plan depends on, at one time; immutable. */
public final class PlacementSnapshot {
    private static final Comparator<Offer> TURN =
            Comparator.comparingInt(Offer::priority).reversed().thenComparingLong(Offer::order);

    private final long at;
    private final List<BookedHost> open;
    private final List<BookedHost> closed;
    private final List<Offer> offers;
    private final List<Reservation> reservations;

    private PlacementSnapshot(
            List<BookedHost> open,
            List<BookedHost> closed,
            List<Offer> offers,
            List<Reservation> reservations,
            long at) {
        this.at = at;
        this.open = open.stream()
                .sorted(Comparator.comparing(each -> each.host().name()))
                .toList();
        this.closed = List.copyOf(closed);
        this.offers = offers.stream().sorted(TURN).toList();
        this.reservations = List.copyOf(reservations);
    }

    /**
     * A snapshot.
     *
     * @param at in epoch ms
     * @param hosts the hosts that may get new tasks
     * @param bookings those on other hosts are of no use to a plan
     * @param reservations of the last plan, at most one for each priority
     */
    public PlacementSnapshot(
            long at, List<Host> hosts, List<Booking> bookings, List<Offer> offers, List<Reservation> reservations) {
        this(booked(hosts, bookings), List.of(), offers, reservations, at);
    }

    /**
     * A snapshot whose cost depends on the number of hosts, not of bookings.
     *
     * @param open the hosts that may get new tasks
     * @param closed the others that have tasks
     */
    static PlacementSnapshot of(
            long at,
            List<BookedHost> open,
            List<BookedHost> closed,
            List<Offer> offers,
            List<Reservation> reservations) {
        return new PlacementSnapshot(open, closed, offers, reservations, at);
    }

    private static List<BookedHost> booked(List<Host> hosts, List<Booking> bookings) {
        Map<String, List<Booking>> byHost = new HashMap<>();
        bookings.forEach(booking -> byHost.computeIfAbsent(booking.host(), host -> new ArrayList<>())
                .add(booking));
        return hosts.stream()
                .map(host -> BookedHost.of(host, byHost.getOrDefault(host.name(), List.of())))
                .toList();
    }

    /** Its time, in epoch ms. */
    public long at() {
        return at;
    }

    /** The hosts that may get new tasks, in the order of their names. */
    public List<BookedHost> open() {
        return open;
    }

    /** The same without their bookings. */
    public List<Host> hosts() {
        return open.stream().map(BookedHost::host).toList();
    }

    /** All bookings, host by host; they are gathered at each call. */
    public List<Booking> bookings() {
        return Stream.concat(open.stream(), closed.stream())
                .flatMap(each -> each.bookings().stream())
                .toList();
    }

    /** The offers by priority, highest first, then in their fair order. */
    public List<Offer> offers() {
        return offers;
    }

    /** The reservations of the last plan, at most one for each priority. */
    public List<Reservation> reservations() {
        return reservations;
    }
}
