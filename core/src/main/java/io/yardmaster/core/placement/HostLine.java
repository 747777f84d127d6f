package io.yardmaster.core.placement;

import java.util.List;
import java.util.Map;

/**
 * A host and its tasks.
 *
 * @param silent whether it gets nothing new, as its heartbeats stay away
 * @param heardMs the time since its latest heartbeat
 * @param tasks the number of its tasks
 * @param first the first of them
 */
public record HostLine(
        String name,
        long incarnation,
        boolean silent,
        long heardMs,
        Map<String, Long> total,
        Map<String, Long> booked,
        Map<String, String> labels,
        int tasks,
        List<HostTask> first) {
    static final int MOST_TASKS = 20;

    /** A task on a host, since a time in epoch ms. */
    public record HostTask(long job, int task, int attempt, Map<String, Long> needs, long since) {}

    static HostLine of(HostEntry entry, boolean silent, long now) {
        Host host = entry.host();
        List<Booking> bookings = entry.bookings();
        return new HostLine(
                host.name(),
                host.incarnation(),
                silent,
                Math.max(0, now - entry.seen()),
                host.total().toMap(),
                entry.bookedAmounts().toMap(),
                host.labels(),
                bookings.size(),
                bookings.stream()
                        .limit(MOST_TASKS)
                        .map(booking -> new HostTask(
                                booking.task().job(),
                                booking.task().task(),
                                booking.task().attempt(),
                                booking.needs().toMap(),
                                booking.at()))
                        .toList());
    }
}
