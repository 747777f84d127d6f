package io.yardmaster.replay.forecast;

import java.util.List;

/** Quantiles of a time from now, in ms: it is over after {@code p10} in one case of ten, after {@code p50} in half of them. */
public record TimeSpread(long p10, long p50, long p90) {

    /** The quantiles of some times, of which there must be one. */
    static TimeSpread of(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return new TimeSpread(quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9));
    }

    private static long quantile(List<Long> sorted, double q) {
        return sorted.get((int) Math.round(q * (sorted.size() - 1)));
    }
}
