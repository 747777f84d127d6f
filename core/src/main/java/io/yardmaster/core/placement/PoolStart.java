package io.yardmaster.core.placement;

import io.yardmaster.core.state.Storage;
import java.util.List;

/**
 * A pool as it is when a placement begins with it, such as that of an estimate.
 *
 * @param hosts all that have tasks, at least
 * @param placed tasks on these hosts; a host may have less than they have of it
 * @param waiting tasks that wait for a place, each with an order of its own
 * @param reservations at most one for each priority; those of tasks that do not wait are dropped
 */
public record PoolStart(
        String pool,
        List<Host> hosts,
        List<PlacedTask> placed,
        List<OfferedUnit> waiting,
        List<Reservation> reservations) {
    public PoolStart {
        hosts = List.copyOf(hosts);
        placed = List.copyOf(placed);
        waiting = List.copyOf(waiting);
        reservations = List.copyOf(reservations);
    }

    /**
     * Writes pools into an empty storage, from which a {@link PoolPlacement} goes on as after a failover (P7).
     *
     * @param session of all their tasks
     */
    public static void store(Storage storage, List<PoolStart> pools, long session) {
        PoolState state = new PoolState(storage);
        long nextOrder = 0;
        for (PoolStart each : pools) {
            each.hosts.forEach(host -> state.put(each.pool, host));
            each.placed.forEach(task -> state.put(each.pool, task));
            for (OfferedUnit unit : each.waiting) {
                state.put(each.pool, unit);
                nextOrder = Math.max(nextOrder, unit.offer().order() + 1);
            }
            state.put(each.pool, List.of(), each.reservations);
        }
        state.putLedger(session, nextOrder);
        state.flush();
    }
}
