package io.yardmaster.topology.window;

import java.util.List;

/**
 * Offsets in ascending order, each with the id of the assignment that lies there. Made for adding near the end and removing
 * from the front; an assignment that ends in the middle is marked, and leaves when the front has come to it or when most
 * are marked.
 *
 * <p>Ids ascend with the offsets as long as every id is given once. After an abort an id may be given again, at a later
 * offset, so that only the last run of ids is searched by halves and those before it one by one.
 */
final class OffsetQueue {
    /** Stands for the position of an id that is not here. */
    private static final int ABSENT = -1;

    private static final int SMALLEST = 16;

    private long[] offsets = new long[SMALLEST];
    /** Ids from 0 on; the bits of one that has ended are inverted, which makes it negative. */
    private long[] ids = new long[SMALLEST];

    private int from;
    private int to;
    /** Number of marked ones. The first one of all is never marked. */
    private int ended;
    /** From this position on the ids ascend. */
    private int run;

    /** Number of those that have not ended. */
    int size() {
        return to - from - ended;
    }

    /** Adds an offset, which may be a little lower than the last ones because producers finish out of turn. */
    void add(long offset, long id) {
        if (to == offsets.length) {
            makeRoom();
        }
        int at = to++;
        if (at > from && offsets[at - 1] > offset) {
            at = openGap(offset, at);
        }
        offsets[at] = offset;
        ids[at] = id;
        if (at > from && idAt(at - 1) >= id) {
            run = Math.max(run, at);
        }
        if (at + 1 < to && id >= idAt(at + 1)) {
            run = Math.max(run, at + 1);
        }
    }

    /** Moves all that are higher than the offset from before {@code end} by one; returns the position that gets free. */
    private int openGap(long offset, int end) {
        int at = end;
        while (at > from && offsets[at - 1] > offset) {
            offsets[at] = offsets[at - 1];
            ids[at] = ids[at - 1];
            at--;
        }
        if (at <= run) {
            run++;
        }
        return at;
    }

    private long idAt(int at) {
        return ids[at] < 0 ? ~ids[at] : ids[at];
    }

    private void makeRoom() {
        int length = to - from;
        if (length > offsets.length / 2) {
            move(new long[2 * offsets.length], new long[2 * offsets.length], 0);
        } else {
            move(offsets, ids, 0);
        }
    }

    /** Moves all into these arrays, the first one to {@code first}. */
    private void move(long[] offsetsTo, long[] idsTo, int first) {
        int length = to - from;
        System.arraycopy(offsets, from, offsetsTo, first, length);
        System.arraycopy(ids, from, idsTo, first, length);
        offsets = offsetsTo;
        ids = idsTo;
        run = first + Math.max(0, run - from);
        from = first;
        to = first + length;
    }

    /** One past the highest offset; 0 if there is none. */
    long end() {
        return from == to ? 0 : offsets[to - 1] + 1;
    }

    void removeBelow(long limit) {
        if (ended == 0) {
            while (from < to && offsets[from] < limit) {
                from++;
            }
        } else {
            while (from < to && (offsets[from] < limit || ids[from] < 0)) {
                removeFirst();
            }
        }
    }

    private void removeFirst() {
        if (ids[from] < 0) {
            ended--;
        }
        from++;
    }

    /** Removes the assignment, at its highest offset if its id was given again; false if it is not here. */
    boolean remove(long id) {
        int at = find(id);
        if (at == ABSENT) {
            return false;
        }
        ids[at] = ~id;
        ended++;
        removeBelow(offsets[from]);
        if (ended > (to - from) / 2) {
            compact();
        }
        return true;
    }

    /** Returns whether the assignment is here and has not ended. */
    boolean has(long id) {
        return find(id) != ABSENT;
    }

    private int find(long id) {
        int low = Math.max(run, from);
        int high = to - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = idAt(middle);
            if (found == id && ids[middle] >= 0) {
                return middle;
            }
            if (found < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        for (int at = Math.min(run, to) - 1; at >= from; at--) {
            if (ids[at] == id) {
                return at;
            }
        }
        return ABSENT;
    }

    private void compact() {
        int target = from;
        int runAfter = from;
        for (int at = from; at < to; at++) {
            if (at == run) {
                runAfter = target;
            }
            if (ids[at] >= 0) {
                offsets[target] = offsets[at];
                ids[target] = ids[at];
                target++;
            }
        }
        run = run >= to ? target : runAfter;
        to = target;
        ended = 0;
    }

    /** Number of the offsets in this range that are known, those of ended assignments included. */
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
    void replaceBelow(long limit, List<AssignmentReader.Found> replacement) {
        removeBelow(limit);
        int length = replacement.size();
        int most = Math.max(SMALLEST, length + to - from);
        move(new long[most], new long[most], length);
        from = 0;
        run = Math.max(run, length);
        for (int at = 0; at < length; at++) {
            offsets[at] = replacement.get(at).offset();
            ids[at] = replacement.get(at).id();
        }
        lengthenRun();
    }

    /** Takes ids before the run into it, as long as they ascend. */
    private void lengthenRun() {
        while (run > from && (run == to || idAt(run - 1) < idAt(run))) {
            run--;
        }
    }

    /** The ids of those that have not ended. */
    long[] ids() {
        long[] open = new long[size()];
        int count = 0;
        for (int at = from; at < to; at++) {
            if (ids[at] >= 0) {
                open[count++] = ids[at];
            }
        }
        return open;
    }
}
