package io.yardmaster.replay;

import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy under which a day is replayed.
 *
 * @param name by which people know it; unique in a replay
 * @param live from the beginning of the day
 * @param changes by the times at which they come into force, in epoch ms
 * @param pools its rules for tasks on hosts
 */
public record ReplayPolicy(
        String name, Policy policy, LivePolicy live, SortedMap<Long, LivePolicy> changes, PoolRules pools) {
    /** Keeps a copy. */
    public ReplayPolicy {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** A policy that says nothing about tasks on hosts. */
    public ReplayPolicy(String name, Policy policy, LivePolicy live, SortedMap<Long, LivePolicy> changes) {
        this(name, policy, live, changes, PoolRules.NONE);
    }

    /** The same, which says this about tasks on hosts. */
    public ReplayPolicy with(PoolRules others) {
        return new ReplayPolicy(name, policy, live, changes, others);
    }

    /** A policy that never changes. */
    public ReplayPolicy(String name, Policy policy, LivePolicy live) {
        this(name, policy, live, new TreeMap<>());
    }
}
