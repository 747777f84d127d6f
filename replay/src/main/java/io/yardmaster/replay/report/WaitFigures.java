package io.yardmaster.replay.report;

import java.util.Arrays;

/** Waiting times, in ms: their number, mean and longest exactly, their quantiles to within 2 %. */
public final class WaitFigures {
    /** Buckets for each doubling; below so many ms, each is a bucket. */
    private static final int FINENESS = 6;

    private int[] counts = {};
    private long count;
    private long longest;
    private double sum;

    /** Adds a waiting time of some tasks. */
    void add(long millis, int tasks) {
        int bucket = bucket(millis);
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(bucket + 1, counts.length * 3 / 2));
        }
        counts[bucket] = Math.addExact(counts[bucket], tasks);
        count += tasks;
        longest = Math.max(longest, millis);
        sum += (double) millis * tasks;
    }

    private static int bucket(long millis) {
        int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(millis | 1) - FINENESS);
        return (shift << FINENESS) + (int) (millis >> shift);
    }

    /** The highest value of a bucket. */
    private static long highest(int bucket) {
        int shift = Math.max(0, (bucket >> FINENESS) - 1);
        return (((long) (bucket - (shift << FINENESS)) + 1) << shift) - 1;
    }

    public long count() {
        return count;
    }

    public long longest() {
        return longest;
    }

    /** The mean; 0 if there are none. */
    public long mean() {
        return count == 0 ? 0 : Math.round(sum / count);
    }

    /** The q-quantile (0 < q ≤ 1); 0 if there are none. */
    public long quantile(double q) {
        long rank = Math.max(1, (long) Math.ceil(q * count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(longest, highest(bucket));
            }
        }
        return 0;
    }
}
