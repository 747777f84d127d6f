package io.yardmaster.core.order;

import java.util.Map;

/**
 * The weights by which groups take turns, in whole units, so that the order does not depend on rounding.
 *
 * @param given by the operator, by group (L2). If there are any, the heaviest group of the rotation has a turn in every round, and
 *     each other one in proportion to it
 * @param parts of a turn that a group has here while it has the rest in other schedulers, by group (S16): above 0 and up to 1
 */
public record TurnWeights(Map<Long, Double> given, Map<Long, Double> parts) {
    /** Every group has a turn in every round. */
    public static final TurnWeights EVEN = new TurnWeights(Map.of(), Map.of());

    /** The weight of a group in neither map. */
    public static final long ONE = 1 << 20;

    /** These, or a copy with other given weights. */
    public TurnWeights given(Map<Long, Double> others) {
        return others.equals(given) ? this : new TurnWeights(others, parts);
    }

    /** These, or a copy with other parts. */
    public TurnWeights parts(Map<Long, Double> others) {
        return others.equals(parts) ? this : new TurnWeights(given, others);
    }

    /** Returns whether turns are in proportion to the heaviest group of the rotation. */
    public boolean areGiven() {
        return !given.isEmpty();
    }

    /** The weight of a group; if none are given, at most that of a turn in every round. */
    public long of(long group) {
        double weight = given.getOrDefault(group, 1.0) * parts.getOrDefault(group, 1.0);
        return areGiven()
                ? Math.max(1, Math.round(weight * ONE))
                : Math.max(ONE / DeficitCounter.MOST_ROUNDS, Math.min(ONE, Math.round(weight * ONE)));
    }
}
