package io.yardmaster.bench.runs;

import java.util.Locale;

/**
 * The use of a limit in a round, in percent of its capacity.
 *
 * @param mean of the units that tasks held, from their assignments to their outcomes
 * @param most tasks that ran at once
 * @param perSecond tasks that ended
 */
record LimitUsed(double mean, double most, double perSecond) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f %% of the limit in use, at most %.0f %% run, %,.0f tasks/s", mean, most, perSecond);
    }
}
