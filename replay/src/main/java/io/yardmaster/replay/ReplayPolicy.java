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
 */
public record ReplayPolicy(String name, Policy policy, LivePolicy live, SortedMap<Long, LivePolicy> changes) {
    /** Keeps a copy. */
    public ReplayPolicy {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** A policy that never changes. */
    public ReplayPolicy(String name, Policy policy, LivePolicy live) {
        this(name, policy, live, new TreeMap<>());
    }
}
