package io.yardmaster.core.values;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order of stages in the jobs of each resource group.
 *
 * @param others of groups that are not in the map
 */
public record StageOrders(StageOrder others, Map<Long, StageOrder> groups) {
    /** No choice was made. */
    public static final StageOrders NONE = new StageOrders(StageOrder.ARRIVAL, Map.of());

    /** Keeps a copy in the order of the groups. */
    public StageOrders {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
    }

    public StageOrder of(long group) {
        return groups.getOrDefault(group, others);
    }
}
