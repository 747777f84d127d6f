package io.yardmaster.core.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A host with its bookings. */
final class HostEntry {
    private Host host;
    /** The time of the latest heartbeat, never ahead of the scheduler's clock. */
    private long seen;

    private final TreeMap<TaskRef, Booking> bookings = new TreeMap<>();
    private final Map<String, Long> booked = new HashMap<>();

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
        booking.needs()
                .names()
                .forEach(name -> booked.merge(name, booking.needs().of(name), Long::sum));
    }

    void remove(Booking booking) {
        bookings.remove(booking.task());
        booking.needs()
                .names()
                .forEach(name -> booked.merge(name, -booking.needs().of(name), (before, less) -> {
                    long left = before + less;
                    return left == 0 ? null : left;
                }));
    }

    List<Booking> bookings() {
        return List.copyOf(bookings.values());
    }

    /** Adds the bookings to those of other hosts, without a list between: each plan begins with that, on the deciding thread. */
    void addBookingsTo(List<Booking> all) {
        bookings.forEach((task, booking) -> all.add(booking));
    }

    long booked(String resource) {
        return booked.getOrDefault(resource, 0L);
    }

    long free(String resource) {
        return host.total().of(resource) - booked(resource);
    }

    /** True if the host has less of something than is booked, which may be if it has shrunk. */
    boolean isOverbooked() {
        return booked.keySet().stream().anyMatch(resource -> free(resource) < 0);
    }

    /** True if it has neither amounts nor tasks, as one that has stopped in order. */
    boolean hasLeft() {
        return bookings.isEmpty() && !host.takesTasks();
    }

    Amounts bookedAmounts() {
        return Amounts.of(booked);
    }
}
