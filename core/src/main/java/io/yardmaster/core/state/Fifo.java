package io.yardmaster.core.state;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out queue of jobs on disk, of which only the ends are in memory. A job can leave from the middle: its
 * neighbours then name each other, so that no reader passes over empty places. Every change takes a handful of reads and
 * writes, however many jobs wait or have left.
 *
 * <p>Versions with layout 1 did not link neighbours. Among the entries of such a version the queue searches for the next one.
 */
public final class Fifo {
    /** Jobs that wait for a place in the rotation; the owner is their resource group. */
    public static final byte PENDING = 'p';

    public static final byte COMMITS = 'c';
    public static final byte CLEANUPS = 'k';
    public static final byte GATES = 'g';
    public static final byte MEMORIES = 'm';
    public static final byte PAUSED = 'z';
    /** The places of refused tasks, which are no entries of a queue of this class. */
    public static final byte REFUSED = 'r';
    /** Jobs with tasks that wait for limits; the owner is their list. */
    public static final byte LIMITED = 'l';
    /** Owners of pages that are to be deleted. */
    static final byte GARBAGE = 'x';

    /** Leaves places for the jobs that are put before all others, at most as many as can be active. */
    private static final long FIRST_PENDING_PLACE = 1L << 31;

    private static final int WITHOUT_LINKS = 16;
    private static final int WITH_LINKS = 32;

    /** The stamp is a number that the queue's user needs before it loads the job: an age or an arrival. */
    public record Entry(long place, long job, long stamp) {}

    /** An entry with the places of its neighbours; in the first entry {@code before} means nothing. */
    private record Link(Entry entry, long before, long behind) {}

    private final Storage storage;
    private final Keys keys;
    private final byte kind;
    private final long owner;
    private final int level;
    private final long firstPlace;
    private long head;
    private long end;
    private long size;
    /** The place of the entry that joined last. */
    private long last;
    /** Places below this one are not linked. */
    private long unlinkedEnd;

    private @Nullable Link first;

    public Fifo(Storage storage, Keys keys, byte kind, long owner) {
        this(storage, keys, kind, owner, 0);
    }

    /** A queue of jobs of one level. */
    public Fifo(Storage storage, Keys keys, byte kind, long owner, int level) {
        this.storage = storage;
        this.keys = keys;
        this.kind = kind;
        this.owner = owner;
        this.level = level;
        this.firstPlace = kind == PENDING ? FIRST_PENDING_PLACE : 1;
        clear();
    }

    public long size() {
        return size;
    }

    private byte[] key(long place) {
        return level == 0 ? keys.fifo(kind, owner, place) : keys.levelFifo(kind, level, owner, place);
    }

    /** Adds a job at the end and returns its place, by which {@link #remove} removes it. */
    public long append(long job, long stamp) {
        if (size == 0) {
            head = end;
            last = end - 1;
            unlinkedEnd = 0;
        }
        put(new Link(new Entry(end, job, stamp), last, end + 1));
        size++;
        last = end;
        return end++;
    }

    /** Adds a job before all others and returns its place. */
    public long prepend(long job, long stamp) {
        if (size == 0) {
            return append(job, stamp);
        }
        Link second = first();
        long place = second.entry.place - 1;
        put(new Link(new Entry(place, job, stamp), place - 1, place + 1));
        if (second.before != place && isLinked(place + 1)) {
            put(new Link(second.entry, place, second.behind));
        }
        first = null;
        head = place;
        size++;
        return head;
    }

    public void remove(long place) {
        boolean isFirst = size > 1 && place == first().entry.place;
        if (isFirst) {
            head = first().behind;
            first = null;
        } else if (size > 1 && isLinked(place)) {
            Link link = read(place);
            linkBehind(link.before, link.behind);
            linkBefore(link.behind, link.before);
            last = place == last ? link.before : last;
        }
        storage.delete(key(place));
        size--;
        if (size == 0) {
            head = end;
            first = null;
        }
    }

    private void linkBehind(long place, long behind) {
        if (isLinked(place) && place >= head) {
            Link link = place == head ? first() : read(place);
            first = place == head ? null : first;
            put(new Link(link.entry, link.before, behind));
        }
    }

    private void linkBefore(long place, long before) {
        if (place < end) {
            Link link = read(place);
            put(new Link(link.entry, before, link.behind));
        }
    }

    private boolean isLinked(long place) {
        return place >= unlinkedEnd;
    }

    /** The first entry; null if there is none. */
    public @Nullable Entry peek() {
        return size == 0 ? null : first().entry;
    }

    private Link first() {
        if (first == null) {
            first = head > unlinkedEnd ? find(head) : search(head);
            if (first == null) {
                throw new IllegalStateException("a queue of " + size + " jobs is empty on disk");
            }
            head = first.entry.place;
        }
        return first;
    }

    private Link read(long place) {
        Link link = find(place);
        if (link == null) {
            throw new IllegalStateException("place " + place + " of a queue is empty on disk");
        }
        return link;
    }

    private @Nullable Link find(long place) {
        byte[] value = storage.get(key(place));
        return value == null ? null : link(place, value);
    }

    /** The first entry at or behind a place; null if there is none. */
    private @Nullable Link search(long place) {
        Link found = find(place);
        if (found != null || place >= end) {
            return found;
        }
        Map.Entry<byte[], byte[]> next = storage.next(key(place), key(end));
        return next == null ? null : link(Keys.lastLong(next.getKey()), next.getValue());
    }

    private static Link link(long place, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        Entry entry = new Entry(place, bytes.getLong(), bytes.getLong());
        return value.length == WITHOUT_LINKS
                ? new Link(entry, place - 1, place + 1)
                : new Link(entry, bytes.getLong(), bytes.getLong());
    }

    /** Writes an entry, without its neighbours if they are in adjacent places. */
    private void put(Link link) {
        Entry entry = link.entry;
        boolean adjacent = link.before == entry.place - 1 && link.behind == entry.place + 1;
        ByteBuffer value = ByteBuffer.allocate(adjacent ? WITHOUT_LINKS : WITH_LINKS)
                .putLong(entry.job)
                .putLong(entry.stamp);
        if (!adjacent) {
            value.putLong(link.before).putLong(link.behind);
        }
        storage.put(key(entry.place), value.array());
    }

    /** The entry at a place; null if there is none. */
    public @Nullable Entry at(long place) {
        Link link = find(place);
        return link == null ? null : link.entry;
    }

    /** The first entry at or behind a place; null if there is none. */
    public @Nullable Entry from(long place) {
        Link link = size == 0 ? null : search(Math.max(place, head));
        return link == null ? null : link.entry;
    }

    public long head() {
        return head;
    }

    /** The place of the first entry with a higher stamp, or the place that it would have. Stamps must ascend. */
    public long placeAbove(long stamp) {
        long low = head;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Entry entry = from(middle);
            if (entry == null || entry.stamp() > stamp) {
                high = middle;
            } else {
                low = entry.place() + 1;
            }
        }
        return low;
    }

    /** Returns whether no entry has left from the middle, so that a difference of places is a number of jobs. */
    public boolean isDense() {
        return end - head == size;
    }

    /** Forgets all entries; those on disk belong to an older session and are deleted with it. */
    public void clear() {
        head = firstPlace;
        end = firstPlace;
        last = firstPlace - 1;
        unlinkedEnd = 0;
        size = 0;
        first = null;
    }

    public void write(StateWriter writer) {
        writer.unsigned(head).unsigned(end).unsigned(size).unsigned(end - last).unsigned(unlinkedEnd);
    }

    public void read(StateReader reader) {
        readLayout1(reader);
        last = end - reader.unsigned();
        unlinkedEnd = reader.unsigned();
    }

    /** Reads the ends of a queue as a version without links wrote them. */
    public void readLayout1(StateReader reader) {
        head = reader.unsigned();
        end = reader.unsigned();
        size = reader.unsigned();
        last = end - 1;
        unlinkedEnd = end;
        first = null;
    }
}
