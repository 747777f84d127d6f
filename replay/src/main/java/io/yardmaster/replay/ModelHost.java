package io.yardmaster.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host of a modelled fleet.
 *
 * @param name unique in its fleet
 * @param amounts of each resource that its tasks may have together
 */
public record ModelHost(String name, SortedMap<String, Long> amounts, Map<String, String> labels) {
    /** Keeps copies. */
    public ModelHost {
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
        labels = Map.copyOf(labels);
    }
}
