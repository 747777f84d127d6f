package io.yardmaster.topology.shares;

/** Counts what the fleet has taken of one lane partition in the last second. */
final class Taken {
    private static final int PARTS = 4;
    private static final long PART_MS = 1_000 / PARTS;

    private final long[] parts = new long[PARTS];
    private long part;
    private int outstanding;

    /**
     * Tells how many assignments are out now.
     *
     * @param now milliseconds of a clock that only goes forward
     */
    void look(long now, int nowOutstanding) {
        long current = now / PART_MS;
        for (long begun = Math.max(part + 1, current - PARTS + 1); begun <= current; begun++) {
            parts[(int) (begun % PARTS)] = 0;
        }
        part = current;
        parts[(int) (part % PARTS)] += Math.max(0, outstanding - nowOutstanding);
        outstanding = nowOutstanding;
    }

    /** So many more are out than at the last look. */
    void made(int assignments) {
        outstanding += assignments;
    }

    long inLastSecond() {
        long sum = 0;
        for (long count : parts) {
            sum += count;
        }
        return sum;
    }
}
