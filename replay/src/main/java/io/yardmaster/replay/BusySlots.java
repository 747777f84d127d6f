package io.yardmaster.replay;

import java.util.Arrays;

/** Counts how many of some tasks ran at once. Keeps 16 bytes of each. */
public final class BusySlots {
    private long[] begins = new long[1_024];
    private long[] ends = new long[1_024];
    private int count;

    /** Takes a task; one that took no time, or that ended before it began, as a clock jumped, changes nothing. */
    public void ran(long startedAt, long endedAt) {
        if (endedAt > startedAt) {
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            begins[count] = startedAt;
            ends[count++] = endedAt;
        }
    }

    /** The most that ran at the same time. Must be the last call. */
    public int most() {
        Arrays.sort(begins, 0, count);
        Arrays.sort(ends, 0, count);
        int most = 0;
        int ended = 0;
        for (int begun = 0; begun < count; begun++) {
            while (ends[ended] <= begins[begun]) {
                ended++;
            }
            most = Math.max(most, begun + 1 - ended);
        }
        return most;
    }
}
