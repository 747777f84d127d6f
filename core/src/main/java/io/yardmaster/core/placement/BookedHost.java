package io.yardmaster.core.placement;

import java.util.List;

/**
 * A host with the tasks on it, at one time; immutable.
 *
 * @param booked the amounts that its tasks have together
 * @param bookings in the order of their tasks
 */
public record BookedHost(Host host, Amounts booked, List<Booking> bookings) {
    public BookedHost {
        bookings = List.copyOf(bookings);
    }

    /** A host with these bookings. */
    static BookedHost of(Host host, List<Booking> bookings) {
        Amounts booked = Amounts.NONE;
        for (Booking booking : bookings) {
            booked = booked.plus(booking.needs());
        }
        return new BookedHost(host, booked, bookings);
    }
}
