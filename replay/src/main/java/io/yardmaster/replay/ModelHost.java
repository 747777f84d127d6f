package io.yardmaster.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host of a modelled fleet.
 *
 * @param name unique in its pool
 * @param pool whose tasks it runs; empty if it runs those of all pools
 * @param amounts of each resource that its tasks may have together
 */
public record ModelHost(String name, String pool, SortedMap<String, Long> amounts, Map<String, String> labels) {
    /** Keeps copies. */
    public ModelHost {
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
        labels = Map.copyOf(labels);
    }

    /** A host that runs the tasks of all pools. */
    public ModelHost(String name, SortedMap<String, Long> amounts, Map<String, String> labels) {
        this(name, "", amounts, labels);
    }
}
