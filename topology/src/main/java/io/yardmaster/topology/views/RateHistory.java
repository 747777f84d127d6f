package io.yardmaster.topology.views;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Assignments of this instance in the last ten minutes, in slices of 5 s. */
public final class RateHistory {
    /** Length of a slice. */
    public static final long SLICE_MS = 5_000;

    /** Maximum number of kept slices. */
    public static final int SLICES = 120;

    private final TreeMap<Long, Slice> slices = new TreeMap<>();

    private static final class Slice {
        private final long[] waits = new long[Waits.BUCKETS];
        private long assigned;
    }

    synchronized void add(long slice, int assigned, int[] waits) {
        Slice target = slices.computeIfAbsent(slice, key -> new Slice());
        target.assigned += assigned;
        for (int bucket = 0; assigned > 0 && bucket < waits.length; bucket++) {
            target.waits[bucket] += waits[bucket];
        }
        while (slices.size() > SLICES) {
            slices.pollFirstEntry();
        }
    }

    /** The kept slices, oldest first. */
    public synchronized List<Rate> all() {
        List<Rate> all = new ArrayList<>();
        slices.forEach((key, slice) -> all.add(new Rate(key, slice.assigned, pairs(slice.waits))));
        return all;
    }

    private static List<Integer> pairs(long[] waits) {
        List<Integer> pairs = new ArrayList<>();
        for (int bucket = 0; bucket < waits.length; bucket++) {
            if (waits[bucket] > 0) {
                pairs.add(bucket);
                pairs.add((int) Math.min(Integer.MAX_VALUE, waits[bucket]));
            }
        }
        return pairs;
    }

    /** The q-quantile (0 ≤ q ≤ 1) of the waiting times in these slices, in ms; -1 if there are none. */
    public static long quantile(List<Rate> rates, double q) {
        long[] counts = new long[Waits.BUCKETS];
        for (Rate rate : rates) {
            for (int i = 0; i + 1 < rate.waits().size(); i += 2) {
                counts[rate.waits().get(i)] += rate.waits().get(i + 1);
            }
        }
        return Waits.quantile(counts, q);
    }
}
