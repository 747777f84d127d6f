package io.yardmaster.topology.views;

/** Counts durations in buckets, of which each is at most an eighth of its lower end wide. */
final class Waits {
    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;
    private static final long LONGEST = Integer.MAX_VALUE;

    /** Number of buckets. */
    static final int BUCKETS = bucket(LONGEST) + 1;

    private Waits() {}

    static int bucket(long millis) {
        long capped = Math.min(LONGEST, millis);
        if (capped < PARTS) {
            return (int) capped;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(capped);
        return (exponent - PARTS_BITS + 1) * PARTS + (int) (capped >> (exponent - PARTS_BITS)) - PARTS;
    }

    /** The least duration of a bucket. */
    static long least(int bucket) {
        int octave = bucket / PARTS;
        return octave == 0 ? bucket : (long) (PARTS + bucket % PARTS) << (octave - 1);
    }

    /** The q-quantile (0 ≤ q ≤ 1) in ms, as the middle of its bucket; -1 if all counts are 0. */
    static long quantile(long[] counts, double q) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long rank = (long) Math.ceil(q * all);
        long sum = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            sum += counts[bucket];
            if (counts[bucket] > 0 && sum >= rank) {
                long least = least(bucket);
                return least + (least(bucket + 1) - 1 - least) / 2;
            }
        }
        return -1;
    }
}
