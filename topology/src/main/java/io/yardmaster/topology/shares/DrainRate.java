package io.yardmaster.topology.shares;

/**
 * Measures how many assignments of one shard the fleet takes per second: over the last second or, if assignments have
 * been outstanding for less than that, since the first of them.
 */
final class DrainRate {
    private static final int PARTS = 4;
    private static final long PART_MS = 1_000 / PARTS;

    /** A shorter measurement says too little. */
    private static final long SHORTEST_MS = 250;

    private final long[] parts = new long[PARTS];
    private long part;
    private int outstanding;
    private long busySince;
    private long sinceBusy;
    private long perSecond;

    /**
     * Takes the number of assignments that are outstanding now.
     *
     * @param now milliseconds of a clock that only goes forward
     */
    void update(long now, int nowOutstanding) {
        long current = now / PART_MS;
        for (long begun = Math.max(part + 1, current - PARTS + 1); begun <= current; begun++) {
            parts[(int) (begun % PARTS)] = 0;
        }
        part = current;
        int justTaken = Math.max(0, outstanding - nowOutstanding);
        parts[(int) (part % PARTS)] += justTaken;
        if (outstanding == 0) {
            busySince = now;
            sinceBusy = 0;
        }
        sinceBusy += justTaken;
        outstanding = nowOutstanding;
        long busy = Math.max(SHORTEST_MS, now - busySince);
        perSecond = busy < 1_000 ? Math.max(inLastSecond(), sinceBusy * 1_000 / busy) : inLastSecond();
    }

    /** Adds assignments that were made since the last update. */
    void made(int assignments) {
        outstanding += assignments;
    }

    long perSecond() {
        return perSecond;
    }

    private long inLastSecond() {
        long sum = 0;
        for (long count : parts) {
            sum += count;
        }
        return sum;
    }
}
