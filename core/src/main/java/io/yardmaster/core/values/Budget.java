package io.yardmaster.core.values;

import java.util.Map;

/**
 * The assignments that the scheduler may make in one tick.
 *
 * @param assignments that still fit in the dispatch window (S12), 0 or more
 * @param weights by group, where other schedulers give turns to the same groups: a group of weight 1 has a turn in every
 *     cycle, one of weight 0.5 in every other. Above 0 and up to 1; a group that is not in the map has weight 1
 * @param floor regular tasks of jobs of a lower priority are not offered, because other schedulers use the window for higher ones
 *     (L1); {@link #NO_FLOOR} if all may be offered
 * @param limits capacities by {@link LimitKeys key}: the units of each limit that this scheduler may use (L4). A named limit that is not in
 *     the map has no units, and so has a pool; groups, jobs, and all together that are not in it have no limit
 * @param inPools the most assignments to pools other than the default one, whose windows are among the limits, 1 or more
 */
public record Budget(int assignments, Map<Long, Double> weights, int floor, Map<String, Long> limits, int inPools) {
    /** Below every priority. */
    public static final int NO_FLOOR = Integer.MIN_VALUE;

    /** A budget for as many assignments to pools as their windows have room for. */
    public Budget(int assignments, Map<Long, Double> weights, int floor, Map<String, Long> limits) {
        this(assignments, weights, floor, limits, Integer.MAX_VALUE);
    }

    /** A budget without limits. */
    public Budget(int assignments, Map<Long, Double> weights, int floor) {
        this(assignments, weights, floor, Map.of());
    }

    /** A budget that any priority may use. */
    public Budget(int assignments, Map<Long, Double> weights) {
        this(assignments, weights, NO_FLOOR);
    }

    /** A budget with weight 1 for every group. */
    public static Budget of(int assignments) {
        return new Budget(assignments, Map.of());
    }
}
