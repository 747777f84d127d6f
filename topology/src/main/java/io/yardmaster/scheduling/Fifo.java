package io.yardmaster.scheduling;

import java.nio.ByteBuffer;

/**
 * A first-in-first-out queue of jobs on disk, of which only the ends are in memory. A job can leave from the middle.
 * Places are looked up one by one, so that no scan meets the tombstones of those that were taken.
 */
final class Fifo {
    /** Jobs that wait for a place in the rotation; the owner is their resource group. */
    static final byte PENDING = 'p';

    static final byte COMMITS = 'c';
    static final byte CLEANUPS = 'k';
    static final byte GATES = 'g';
    static final byte MEMORIES = 'm';

    /** Leaves room for the jobs that are put before all others, which are never more than can be active. */
    private static final long FIRST_PENDING_PLACE = 1L << 31;

    /** A search takes a longer gap, of entries that have left, for the end. */
    private static final int SEARCHED_GAP = 256;

    /** The stamp is what the queue's user wants to know of the job before it loads it: an age or an arrival. */
    record Entry(long place, long job, long stamp) {}

    private final Storage storage;
    private final Keys keys;
    private final byte kind;
    private final long owner;
    private final long firstPlace;
    private long head;
    private long end;
    private long size;
    private Entry first;

    Fifo(Storage storage, Keys keys, byte kind, long owner) {
        this.storage = storage;
        this.keys = keys;
        this.kind = kind;
        this.owner = owner;
        this.firstPlace = kind == PENDING ? FIRST_PENDING_PLACE : 1;
        clear();
    }

    long size() {
        return size;
    }

    /** Returns the place, which takes the job out again. */
    long append(long job, long stamp) {
        put(end, job, stamp);
        return end++;
    }

    /** Puts a job before all others. */
    long prepend(long job, long stamp) {
        first = null;
        put(--head, job, stamp);
        return head;
    }

    private void put(long place, long job, long stamp) {
        storage.put(
                keys.fifo(kind, owner, place),
                ByteBuffer.allocate(16).putLong(job).putLong(stamp).array());
        size++;
    }

    void remove(long place) {
        storage.delete(keys.fifo(kind, owner, place));
        size--;
        if (size == 0) {
            head = end;
        } else if (place == head) {
            head++;
        }
        if (first != null && first.place == place) {
            first = null;
        }
    }

    /** The entry that has waited longest; null if there is none. */
    Entry peek() {
        if (size == 0) {
            return null;
        }
        while (first == null) {
            if (head == end) {
                throw new IllegalStateException("a queue of " + size + " jobs is empty on disk");
            }
            byte[] value = storage.get(keys.fifo(kind, owner, head));
            if (value == null) {
                head++;
            } else {
                ByteBuffer entry = ByteBuffer.wrap(value);
                first = new Entry(head, entry.getLong(), entry.getLong());
            }
        }
        return first;
    }

    /** The entry at a place; null if there is none. */
    Entry at(long place) {
        byte[] value = storage.get(keys.fifo(kind, owner, place));
        if (value == null) {
            return null;
        }
        ByteBuffer entry = ByteBuffer.wrap(value);
        return new Entry(place, entry.getLong(), entry.getLong());
    }

    /** The first entry at or behind a place, found in so many steps at most; null if there is none. */
    Entry from(long place, int steps) {
        long first = Math.max(place, head);
        for (long next = first; next < end && next - first < steps; next++) {
            Entry entry = at(next);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    long head() {
        return head;
    }

    long end() {
        return end;
    }

    /** Where the first entry is, or would be, whose stamp is above this one; stamps ascend. */
    long placeAbove(long stamp) {
        long low = head;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Entry entry = from(middle, (int) Math.min(high - middle, SEARCHED_GAP));
            if (entry == null || entry.stamp() > stamp) {
                high = middle;
            } else {
                low = entry.place() + 1;
            }
        }
        return low;
    }

    /** Whether no entry has left from the middle, so that places are counts. */
    boolean isDense() {
        return end - head == size;
    }

    /** Forgets all entries; what is on disk belongs to an older session and is deleted with it. */
    void clear() {
        head = firstPlace;
        end = firstPlace;
        size = 0;
        first = null;
    }

    void write(RecordWriter writer) {
        writer.unsigned(head).unsigned(end).unsigned(size);
    }

    void read(RecordReader reader) {
        head = reader.unsigned();
        end = reader.unsigned();
        size = reader.unsigned();
        first = null;
    }
}
