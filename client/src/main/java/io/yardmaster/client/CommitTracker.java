package io.yardmaster.client;

import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows which offsets of one partition were taken and which of those are done, in any order. The position to commit is
 * one past the last offset up to which everything taken is done. Memory grows with the offsets taken and not done,
 * never with those done.
 */
final class CommitTracker {
    private final DoneAhead inherited;

    /** Each offset taken and not done, with the position to commit if it is the first of them. */
    private final TreeMap<Long, Long> open = new TreeMap<>();

    private long end;
    private long endOfDone = Long.MIN_VALUE;

    /** @param start the committed position, or the first offset read where there is none */
    CommitTracker(long start, DoneAhead inherited) {
        this.end = start;
        this.inherited = inherited;
    }

    /** Call it in order of offsets; gaps are fine. False if the offset is done already and must not be run again. */
    boolean take(long offset) {
        if (offset < end) {
            throw new IllegalStateException("offset " + offset + " taken again, position is " + end);
        }
        long before = end;
        end = offset + 1;
        if (inherited.isDone(offset)) {
            endOfDone = end;
            return false;
        }
        open.put(offset, before);
        return true;
    }

    void done(long offset) {
        if (open.remove(offset) == null) {
            throw new IllegalStateException("offset " + offset + " is done, but was not open");
        }
        endOfDone = Math.max(endOfDone, offset + 1);
    }

    long position() {
        return open.isEmpty() ? end : open.firstEntry().getValue();
    }

    /** For the next owner: the offsets done ahead here, and inherited ones that this owner has not reached. */
    DoneAhead doneAhead() {
        boolean moreInherited = inherited.end() > end;
        long covered = moreInherited ? inherited.end() : endOfDone;
        if (covered <= position()) {
            return DoneAhead.NOTHING;
        }
        var stillOpen = new TreeSet<>(open.headMap(covered).keySet());
        if (moreInherited) {
            stillOpen.addAll(inherited.open().tailSet(end, true));
        }
        return new DoneAhead(covered, stillOpen);
    }
}
