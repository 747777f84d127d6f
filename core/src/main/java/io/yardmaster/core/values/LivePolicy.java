package io.yardmaster.core.values;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operator's choices that change at run time. A decision reads the one that is in force when it is made, so a change
 * holds for what waits already. The choices that hold until a restart are in {@link Policy}.
 *
 * @param groupWeights by resource group: a group of weight 2 gets two turns where one of weight 1 gets one (L2). Above 0; a
 *     group that is not in the map has weight 1. Only {@link Fairness#WEIGHTED} and {@link Fairness#DRF} read them
 * @param limits capacities by {@link LimitKeys key}, of all schedulers together (L4); 1 or more of each, or 0 of a pool that is
 *     paused. A pool that is not in the map is gone: its tasks wait (L9)
 * @param rates by resource group, of all schedulers together (L7)
 * @param poolRates by pool, likewise
 * @param retries of which the first that matches decides whether a task is tried again (G4)
 * @param stageOrders by resource group (L1)
 */
public record LivePolicy(
        Map<Long, Double> groupWeights,
        Map<String, Long> limits,
        Map<Long, DispatchRate> rates,
        Map<String, DispatchRate> poolRates,
        List<RetryRule> retries,
        StageOrders stageOrders) {
    /** No choice was made. */
    public static final LivePolicy NONE = new LivePolicy(Map.of());

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** A policy without limits. */
    public LivePolicy(Map<Long, Double> groupWeights) {
        this(groupWeights, Map.of());
    }

    /** A policy of weights and limits. */
    public LivePolicy(Map<Long, Double> groupWeights, Map<String, Long> limits) {
        this(groupWeights, limits, Map.of(), Map.of(), List.of(), StageOrders.NONE);
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
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
        poolRates = Collections.unmodifiableMap(new TreeMap<>(poolRates));
        retries = List.copyOf(retries);
    }

    public LivePolicy withLimits(Map<String, Long> others) {
        return new LivePolicy(groupWeights, others, rates, poolRates, retries, stageOrders);
    }

    public LivePolicy withRates(Map<Long, DispatchRate> others) {
        return new LivePolicy(groupWeights, limits, others, poolRates, retries, stageOrders);
    }

    public LivePolicy withPoolRates(Map<String, DispatchRate> others) {
        return new LivePolicy(groupWeights, limits, rates, others, retries, stageOrders);
    }

    /** The same without the rates of groups and pools. */
    public LivePolicy withoutRates() {
        return withRates(Map.of()).withPoolRates(Map.of());
    }

    public LivePolicy withRetries(List<RetryRule> others) {
        return new LivePolicy(groupWeights, limits, rates, poolRates, others, stageOrders);
    }

    public LivePolicy withStageOrders(StageOrders others) {
        return new LivePolicy(groupWeights, limits, rates, poolRates, retries, others);
    }

    /** The part of this policy that each of so many schedulers follows: of rates they divide what they may let through. */
    public LivePolicy part(int schedulers) {
        return schedulers == 1 || !hasRates()
                ? this
                : withRates(parts(rates, schedulers)).withPoolRates(parts(poolRates, schedulers));
    }

    private static <K> Map<K, DispatchRate> parts(Map<K, DispatchRate> rates, int schedulers) {
        Map<K, DispatchRate> parts = new TreeMap<>();
        rates.forEach((owner, rate) -> parts.put(owner, rate.part(schedulers)));
        return parts;
    }

    /** Returns whether a group or a pool has a rate. */
    public boolean hasRates() {
        return !rates.isEmpty() || !poolRates.isEmpty();
    }

    /** Returns whether it chooses nothing but weights. */
    public boolean hasWeightsAlone() {
        return limits.isEmpty() && !hasRates() && retries.isEmpty() && stageOrders.equals(StageOrders.NONE);
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
