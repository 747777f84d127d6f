package io.yardmaster.core.values;

import java.util.Map;

/**
 * What the scheduler may do in one tick.
 *
 * @param assignments that the dispatch window has room for (S12), 0 or more
 * @param weights how often groups have a turn, where other schedulers give turns to the same groups: a group of weight 1 in
 *     every cycle, one of weight 0.5 in every other. Above 0 and up to 1; groups that are not mentioned have weight 1
 */
public record Budget(int assignments, Map<Long, Double> weights) {

    /** With weight 1 for every group. */
    public static Budget of(int assignments) {
        return new Budget(assignments, Map.of());
    }
}
