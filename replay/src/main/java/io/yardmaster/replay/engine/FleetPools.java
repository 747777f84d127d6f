package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.ModelFleet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where tasks of pools run in a modelled fleet: in slots of the pool's own, on hosts, or in the slots of the default pool.
 *
 * @param slots by pool that has some of its own
 * @param hosted the pools that have hosts of their own
 * @param haveCommonHosts whether there are hosts for the tasks of all pools; then no pool has hosts of its own
 */
record FleetPools(Map<String, Integer> slots, Set<String> hosted, boolean haveCommonHosts) {
    /** Has the hosts that run the tasks of all pools, and their tasks of pools of which the policy says nothing. */
    static final String COMMON = "hosts";

    /** The window of a pool with hosts to which the policy gives none. */
    private static final long WINDOW = 10_000;

    /** @param changes of hosts that are of a pool */
    static FleetPools of(ModelFleet fleet, Iterable<HostChange> changes) {
        Set<String> hosted = new TreeSet<>();
        changes.forEach(change -> hosted.add(change.pool()));
        return new FleetPools(fleet.pools(), hosted, fleet.hosts().stream().anyMatch(host -> host.pool()
                .isEmpty()));
    }

    /** Returns whether tasks of a pool run in slots of its own. */
    boolean hasSlots(String pool) {
        return slots.containsKey(pool);
    }

    /** Returns whether there are hosts that may run tasks of a pool. */
    boolean hasHosts(String pool) {
        return !hasSlots(pool) && (haveCommonHosts || hosted.contains(pool));
    }

    /** Returns whether tasks of some pools take none of the slots of the default pool. */
    boolean areUsed() {
        return haveCommonHosts || !hosted.isEmpty() || !slots.isEmpty();
    }

    /**
     * A policy in which each of these pools has a window that fits: a task counts in it from its assignment to its end, and a pool with slots
     * has no more tasks than these.
     */
    LivePolicy windowed(LivePolicy given) {
        if (!areUsed()) {
            return given;
        }
        Map<String, Long> limits = new TreeMap<>(given.limits());
        if (haveCommonHosts) {
            limits.putIfAbsent(LimitKeys.ofPool(COMMON), WINDOW);
        }
        hosted.forEach(pool -> limits.putIfAbsent(LimitKeys.ofPool(pool), WINDOW));
        limits.replaceAll((key, window) ->
                LimitKeys.isOfPool(key) && window > PoolPlacement.MOST_WAITING && hasHosts(LimitKeys.pool(key))
                        ? WINDOW
                        : window);
        slots.forEach((pool, size) -> limits.merge(LimitKeys.ofPool(pool), (long) size, Math::min));
        return given.withLimits(limits);
    }

    /** The windows of pools with slots, which are their sizes, among some limits; and all limits that are none of pools. */
    Map<String, Long> counted(Map<String, Long> limits) {
        return limits.entrySet().stream()
                .filter(limit -> !LimitKeys.isOfPool(limit.getKey()) || hasSlots(LimitKeys.pool(limit.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }
}
