package io.yardmaster.core;

import java.util.Collection;
import java.util.Map;

/** The part of a turn that a group has in each round: given weights count in proportion to the heaviest group that has jobs. */
record NaiveWeights(Map<Long, Double> given, Map<Long, Double> parts) {
    static final NaiveWeights EVEN = new NaiveWeights(Map.of(), Map.of());
    private static final long UNITS = 1 << 20;
    private static final double LEAST = 1.0 / 1_024;

    double of(long group, Collection<Long> groups) {
        if (given.isEmpty()) {
            return parts.getOrDefault(group, 1.0);
        }
        long heaviest = groups.stream().mapToLong(this::units).max().orElseThrow();
        long scaled = (units(group) * UNITS + heaviest / 2) / heaviest;
        return Math.max(LEAST, (double) scaled / UNITS);
    }

    private long units(long group) {
        return Math.round(given.getOrDefault(group, 1.0) * parts.getOrDefault(group, 1.0) * UNITS);
    }
}
