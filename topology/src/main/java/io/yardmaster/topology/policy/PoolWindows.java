package io.yardmaster.topology.policy;

import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.schemas.GraphLimits;
import java.util.Map;
import java.util.Optional;

/**
 * The windows of pools whose entries have none.
 *
 * @param placed of those that place tasks on hosts, in which all tasks are that run or wait for a host; at most {@value #MOST_PLACED}
 * @param other of all others
 */
record PoolWindows(long placed, long other) {
    /** Placement gives back what it cannot take, and it would be offered again for ever. */
    static final long MOST_PLACED = PoolPlacement.MOST_WAITING;

    private static final long PLACED = 10_000;

    /** The windows in virtual time, where only hosts bound what waits for a pool. */
    static final PoolWindows WITHOUT_END = new PoolWindows(PLACED, GraphLimits.UNITS);

    /** @param dispatch the dispatch window */
    static PoolWindows of(long dispatch) {
        return new PoolWindows(Math.min(MOST_PLACED, Math.max(PLACED, dispatch)), dispatch);
    }

    /** A sentence about the window of a pool with these fields that is larger than it may be; empty if it is not. */
    static Optional<String> mistake(Map<String, Object> pool) {
        return PolicyRow.placesOnHosts(pool)
                        && pool.get(PolicyKind.WINDOW) instanceof Long window
                        && window > MOST_PLACED
                ? Optional.of("window is " + MOST_PLACED + " at most with " + PolicyKind.PLACEMENT + "="
                        + PolicyKind.HOSTS + ", not " + window)
                : Optional.empty();
    }
}
