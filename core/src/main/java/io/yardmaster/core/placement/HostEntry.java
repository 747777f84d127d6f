package io.yardmaster.core.placement;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host with its bookings. */
final class HostEntry {
    private Host host;
    /** The time of the latest heartbeat, never ahead of the scheduler's clock. */
    private long seen;

    private final TreeMap<TaskRef, Booking> bookings = new TreeMap<>();
    private Amounts booked = Amounts.NONE;
    /** The bookings as snapshots share them; null if they have changed since the latest one. */
    private @Nullable List<Booking> shared;

    HostEntry(Host host, long seen) {
        this.host = host;
        this.seen = seen;
    }

    Host host() {
        return host;
    }

    long seen() {
        return seen;
    }

    void update(Host newer, long at) {
        host = newer;
        seen = Math.max(seen, at);
    }

    void add(Booking booking) {
        bookings.put(booking.task(), booking);
        booked = booked.plus(booking.needs());
        shared = null;
    }

    void remove(Booking booking) {
        bookings.remove(booking.task());
        booked = booked.minus(booking.needs());
        shared = null;
    }

    List<Booking> bookings() {
        if (shared == null) {
            shared = List.copyOf(bookings.values());
        }
        return shared;
    }

    /** The host as it is now: that copies the bookings of one that has changed alone, as each plan begins with that of all. */
    BookedHost asBooked() {
        return new BookedHost(host, booked, bookings());
    }

    boolean isSilent(PlacementPolicy policy, long now) {
        return now - seen > policy.silentAfterMs();
    }

    long booked(String resource) {
        return booked.of(resource);
    }

    long free(String resource) {
        return host.total().of(resource) - booked(resource);
    }

    /** True if the host has less of something than is booked, which may be if it has shrunk. */
    boolean isOverbooked() {
        return booked.names().stream().anyMatch(resource -> free(resource) < 0);
    }

    /** True if it has neither amounts nor tasks, as one that has stopped in order. */
    boolean hasLeft() {
        return bookings.isEmpty() && !host.takesTasks();
    }

    /** True if it has left, or seems to have. */
    boolean isGone(PlacementPolicy policy, long now) {
        return hasLeft() || isSilent(policy, now);
    }

    Amounts bookedAmounts() {
        return booked;
    }
}
