package io.yardmaster.replay.report;

import java.util.List;

/**
 * The use of a limit on a day, in units.
 *
 * @param key of the limit, such as {@code limit/licence}
 * @param capacity that the policy has at the beginning of the day
 * @param mean number of units that were held, over the makespan
 * @param most units that were held at once
 * @param byWindow the part of the capacity that was held in each window of the day, 0 or more; empty of limits behind the first
 *     {@value #MOST_OVER_TIME}
 */
public record LimitRow(String key, long capacity, double mean, long most, List<Double> byWindow) {
    /** The most limits of a policy whose use is kept over time. */
    public static final int MOST_OVER_TIME = 50;

    /** Keeps a copy. */
    public LimitRow {
        byWindow = List.copyOf(byWindow);
    }

    /** The part of the capacity that was held, from 0 to 1. */
    public double part() {
        return mean / Math.max(1, capacity);
    }
}
