package io.yardmaster.replay;

import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy under which a day is replayed.
 *
 * @param name by which people know it; unique in a replay
 * @param live from the beginning of the day
 * @param changes by the times at which they come into force, in epoch ms
 * @param strategies by pool, of those that place tasks on hosts and have chosen one
 */
public record ReplayPolicy(
        String name,
        Policy policy,
        LivePolicy live,
        SortedMap<Long, LivePolicy> changes,
        Map<String, PlacementStrategy> strategies) {
    /** Keeps copies. */
    public ReplayPolicy {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
        strategies = Map.copyOf(strategies);
    }

    /** A policy in whose pools no strategy was chosen. */
    public ReplayPolicy(String name, Policy policy, LivePolicy live, SortedMap<Long, LivePolicy> changes) {
        this(name, policy, live, changes, Map.of());
    }

    /** The same, with pools that have chosen strategies. */
    public ReplayPolicy with(Map<String, PlacementStrategy> others) {
        return new ReplayPolicy(name, policy, live, changes, others);
    }

    /** A policy that never changes. */
    public ReplayPolicy(String name, Policy policy, LivePolicy live) {
        this(name, policy, live, new TreeMap<>());
    }
}
