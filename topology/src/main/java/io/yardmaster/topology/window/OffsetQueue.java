package io.yardmaster.topology.window;

import java.util.Arrays;

/** Offsets in ascending order. Made for adding near the end and removing from the front. */
final class OffsetQueue {
    private long[] offsets = new long[16];
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    /** Adds an offset, which may be a little lower than the last ones because producers finish out of turn. */
    void add(long offset) {
        if (to == offsets.length) {
            makeRoom();
        }
        int at = to++;
        while (at > from && offsets[at - 1] > offset) {
            offsets[at] = offsets[at - 1];
            at--;
        }
        offsets[at] = offset;
    }

    private void makeRoom() {
        int size = size();
        long[] target = size > offsets.length / 2 ? new long[2 * offsets.length] : offsets;
        System.arraycopy(offsets, from, target, 0, size);
        offsets = target;
        from = 0;
        to = size;
    }

    /** One past the highest offset; 0 if there is none. */
    long end() {
        return from == to ? 0 : offsets[to - 1] + 1;
    }

    void removeBelow(long limit) {
        while (from < to && offsets[from] < limit) {
            from++;
        }
    }

    int countFrom(long first, long end) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (offsets[i] >= first && offsets[i] < end) {
                count++;
            }
        }
        return count;
    }

    /** Replaces all offsets below {@code limit} by these, which are ascending and below it. */
    void replaceBelow(long limit, long[] replacement) {
        removeBelow(limit);
        long[] joined = Arrays.copyOf(replacement, Math.max(16, replacement.length + size()));
        System.arraycopy(offsets, from, joined, replacement.length, size());
        to = replacement.length + size();
        from = 0;
        offsets = joined;
    }
}
