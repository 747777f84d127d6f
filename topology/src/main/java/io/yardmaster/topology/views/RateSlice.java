package io.yardmaster.topology.views;

import java.util.Arrays;

/** What one shard did in the current 5 s, and is told when they are over. */
final class RateSlice {
    private final RateHistory history;
    private final int[] waits = new int[Waits.BUCKETS];
    private long slice = -1;
    private int assigned;

    RateSlice(RateHistory history) {
        this.history = history;
    }

    void assigned(long waitedMs) {
        waits[Waits.bucket(waitedMs)]++;
        assigned++;
    }

    void tick(long now) {
        long current = now / RateHistory.SLICE_MS;
        if (current != slice) {
            if (slice >= 0) {
                tell();
            }
            slice = current;
        }
    }

    private void tell() {
        history.add(slice, assigned, waits);
        if (assigned > 0) {
            Arrays.fill(waits, 0);
            assigned = 0;
        }
    }

    /** Nothing follows. */
    void end() {
        if (slice >= 0 && assigned > 0) {
            tell();
        }
    }
}
