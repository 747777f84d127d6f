package io.yardmaster.replay.report;

/**
 * The use of a limit on a day, in units.
 *
 * @param key of the limit, such as {@code limit/licence}
 * @param capacity that the policy has at the beginning of the day
 * @param mean number of units that were held, over the makespan
 * @param most units that were held at once
 */
public record LimitRow(String key, long capacity, double mean, long most) {
    /** The part of the capacity that was held, from 0 to 1. */
    public double part() {
        return mean / Math.max(1, capacity);
    }
}
