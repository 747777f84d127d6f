package io.yardmaster.core.values;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The demand of the tasks of a stage on the hosts of their pool, if that places tasks on hosts (P1).
 *
 * @param amounts that each task has on its host from its assignment to its end
 * @param labels that its host must have, with these values
 * @param gang whether all tasks of the stage start together (P5)
 */
public record HostDemand(Map<String, Long> amounts, Map<String, String> labels, boolean gang) {
    /** Any host will do, for each task on its own. */
    public static final HostDemand NONE = new HostDemand(Map.of(), Map.of(), false);

    /** Keeps copies in the order of their keys. */
    public HostDemand {
        amounts = amounts.isEmpty() ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
        labels = labels.isEmpty() ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Returns whether it asks for nothing. */
    public boolean isNone() {
        return equals(NONE);
    }
}
