package io.yardmaster.core.placement;

import java.util.List;
import java.util.Map;

/**
 * The hosts of a pool and its tasks, for estimates of starts. Instances read it from each other as JSON, so its names stay.
 *
 * @param complete false if it has more hosts or tasks than an estimate looks at: then it tells of none of them
 * @param placedOfJob tasks of the job in question that have a host
 * @param waitingOfJob those that wait for one
 * @param placed tasks that have a host
 * @param waiting tasks that wait for one, in the order in which they came
 */
public record PoolLoad(
        String pool,
        boolean complete,
        int placedOfJob,
        int waitingOfJob,
        List<OfHost> hosts,
        List<Placed> placed,
        List<Waiting> waiting,
        List<Reservation> reservations) {
    public PoolLoad {
        hosts = List.copyOf(hosts);
        placed = List.copyOf(placed);
        waiting = List.copyOf(waiting);
        reservations = List.copyOf(reservations);
    }

    static PoolLoad incomplete(String pool, int placedOfJob, int waitingOfJob) {
        return new PoolLoad(pool, false, placedOfJob, waitingOfJob, List.of(), List.of(), List.of(), List.of());
    }

    /** The number of tasks that wait. */
    public int waitingTasks() {
        return waiting.stream().mapToInt(Waiting::tasks).sum();
    }

    /**
     * A host.
     *
     * @param total what it has for tasks; nothing if it takes no new ones
     */
    public record OfHost(String name, Map<String, Long> total, Map<String, String> labels) {
        static OfHost of(Host host, boolean isSilent) {
            return new OfHost(host.name(), isSilent ? Map.of() : host.total().toMap(), host.labels());
        }
    }

    /**
     * A task on a host.
     *
     * @param since epoch ms
     * @param expectedEnd see {@link Booking}
     * @param beside likewise
     */
    public record Placed(
            long job, int task, String host, Map<String, Long> needs, long since, long expectedEnd, long beside) {
        static Placed of(Booking booking) {
            return new Placed(
                    booking.task().job(),
                    booking.task().task(),
                    booking.host(),
                    booking.needs().toMap(),
                    booking.at(),
                    booking.expectedEnd(),
                    booking.beside());
        }
    }

    /**
     * A gang that waits for hosts, or one task.
     *
     * @param order its place among those of the pool, by which reservations name it
     * @param tasks of the gang; 1 for a task that starts alone
     * @param expectedMs the expected duration of a task; -1 if nobody knows
     */
    public record Waiting(
            long order,
            long job,
            int firstTask,
            int tasks,
            Map<String, Long> needs,
            Map<String, String> labels,
            int priority,
            long expectedMs) {
        static Waiting of(Offer offer) {
            return new Waiting(
                    offer.order(),
                    offer.job(),
                    offer.firstTask(),
                    offer.tasks(),
                    offer.requirement().needs().toMap(),
                    offer.requirement().labels(),
                    offer.priority(),
                    offer.expectedMs());
        }
    }
}
