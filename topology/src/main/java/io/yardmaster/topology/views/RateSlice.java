package io.yardmaster.topology.views;

import java.util.Arrays;

/** Counts one shard's assignments in the current slice, and adds them to the history when it is over. */
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
                publish();
            }
            slice = current;
        }
    }

    private void publish() {
        history.add(slice, assigned, waits);
        if (assigned > 0) {
            Arrays.fill(waits, 0);
            assigned = 0;
        }
    }

    /** Adds the last slice to the history. */
    void end() {
        if (slice >= 0 && assigned > 0) {
            publish();
        }
    }
}
