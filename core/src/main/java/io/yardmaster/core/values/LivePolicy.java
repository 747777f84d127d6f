package io.yardmaster.core.values;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operator's choices that change at run time. A decision reads the one that is in force when it is made, so a change
 * holds for what waits already. The choices that hold until a restart are in {@link Policy}.
 *
 * @param groupWeights by resource group: a group of weight 2 gets two turns where one of weight 1 gets one (L2). Above 0; a
 *     group that is not in the map has weight 1. Only {@link Fairness#WEIGHTED} reads them
 * @param limits capacities by {@link LimitKeys key}, of all schedulers together (L4); 1 or more of each, or 0 of a pool that is
 *     paused. A pool that is not in the map is gone: its tasks wait (L9)
 */
public record LivePolicy(Map<Long, Double> groupWeights, Map<String, Long> limits) {
    /** No choice was made. */
    public static final LivePolicy NONE = new LivePolicy(Map.of());

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** A policy without limits. */
    public LivePolicy(Map<Long, Double> groupWeights) {
        this(groupWeights, Map.of());
    }

    /** Keeps copies in the order of their keys. */
    public LivePolicy {
        groupWeights.forEach((group, weight) -> {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight of group " + group + " must be a number above 0, not " + weight);
            }
        });
        groupWeights = Collections.unmodifiableMap(new TreeMap<>(groupWeights));
        limits.forEach((key, capacity) -> {
            if (capacity < (LimitKeys.isOfPool(key) ? 0 : 1)) {
                throw new IllegalArgumentException("limit " + key + " must have 1 unit or more, not " + capacity);
            }
        });
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }

    /** The largest weight that any group may have: 1 or more. */
    public double heaviest() {
        return groupWeights.values().stream().mapToDouble(Double::doubleValue).reduce(1, Math::max);
    }

    /** A number that is 0 without weights, and in practice differs between any two sets of weights. The same in every JVM. */
    public long weightsMark() {
        long mark = groupWeights.isEmpty() ? 0 : FNV_OFFSET;
        for (Map.Entry<Long, Double> group : groupWeights.entrySet()) {
            mark = (mark ^ group.getKey()) * FNV_PRIME;
            mark = (mark ^ Double.doubleToLongBits(group.getValue())) * FNV_PRIME;
            mark ^= mark >>> 32;
        }
        return mark;
    }
}
