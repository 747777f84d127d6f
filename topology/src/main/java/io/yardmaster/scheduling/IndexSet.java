package io.yardmaster.scheduling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * A set of task indices that only grows. Ranges are kept in memory and in the job's record. When indices come in random
 * order and there are too many ranges, those of one chunk of {@value #CHUNK} indices move into a page, and come back as
 * one range when the chunk is full.
 */
final class IndexSet {
    static final int MAX_RANGES = 64;

    private static final int CHUNK = 1 << 13;

    private final Pages pages;
    private final int level;
    /** First and last index of each range, ascending; ranges neither overlap nor touch. */
    private int[] bounds = new int[2];

    private int ranges;
    private boolean paged;

    /** The level tells the pages of this set from those of the job's other sets. */
    IndexSet(Pages pages, int level) {
        this.pages = pages;
        this.level = level;
    }

    boolean contains(int index) {
        int at = firstEndingAtOrAfter(index);
        return (at < ranges && bounds[2 * at] <= index)
                || (paged && page(index / CHUNK).get(index % CHUNK));
    }

    /** Returns whether the index was not in the set before. */
    boolean add(int index) {
        int at = firstEndingAtOrAfter(index);
        if (at < ranges && bounds[2 * at] <= index) {
            return false;
        }
        if (paged) {
            BitSet page = page(index / CHUNK);
            if (page.get(index % CHUNK)) {
                return false;
            }
            if (!page.isEmpty()) {
                page.set(index % CHUNK);
                savePage(index / CHUNK, page);
                return true;
            }
        }
        addRange(index, index);
        if (ranges > MAX_RANGES) {
            moveToPage(index / CHUNK);
        }
        return true;
    }

    /** Joins the range with those that it overlaps or touches. */
    private void addRange(int first, int last) {
        int at = firstEndingAtOrAfter(first - 1);
        int end = at;
        while (end < ranges && bounds[2 * end] - 1 <= last) {
            end++;
        }
        if (at == end) {
            insertRange(at, first, last);
        } else {
            bounds[2 * at] = Math.min(bounds[2 * at], first);
            bounds[2 * at + 1] = Math.max(bounds[2 * end - 1], last);
            removeRanges(at + 1, end);
        }
    }

    private int firstEndingAtOrAfter(int index) {
        if (ranges == 0 || bounds[2 * ranges - 1] < index) {
            return ranges;
        }
        int low = 0;
        int high = ranges - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insertRange(int at, int first, int last) {
        if (2 * ranges == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        System.arraycopy(bounds, 2 * at, bounds, 2 * at + 2, 2 * (ranges - at));
        bounds[2 * at] = first;
        bounds[2 * at + 1] = last;
        ranges++;
    }

    private void removeRanges(int from, int to) {
        System.arraycopy(bounds, 2 * to, bounds, 2 * from, 2 * (ranges - to));
        ranges -= to - from;
    }

    private BitSet page(int chunk) {
        byte[] page = pages.get(Keys.SEEN_PAGE, level, chunk);
        return page == null ? new BitSet() : BitSet.valueOf(page);
    }

    /**
     * Makes the page of a chunk, which from then on holds all of the chunk's indices. The ranges that lie within it
     * leave, at least the one that was just inserted; those that reach beyond it stay as they are.
     */
    private void moveToPage(int chunk) {
        paged = true;
        int first = chunk * CHUNK;
        int last = first + CHUNK - 1;
        BitSet page = page(chunk);
        int at = firstEndingAtOrAfter(first);
        while (at < ranges && bounds[2 * at] <= last) {
            int from = bounds[2 * at];
            int to = bounds[2 * at + 1];
            page.set(Math.max(from, first) - first, Math.min(to, last) - first + 1);
            if (from >= first && to <= last) {
                removeRanges(at, at + 1);
            } else {
                at++;
            }
        }
        savePage(chunk, page);
    }

    private void savePage(int chunk, BitSet page) {
        if (page.cardinality() < CHUNK) {
            pages.put(Keys.SEEN_PAGE, level, chunk, page.toByteArray());
        } else {
            pages.delete(Keys.SEEN_PAGE, level, chunk);
            addRange(chunk * CHUNK, chunk * CHUNK + CHUNK - 1);
        }
    }

    /** How many indices; not known where some are in pages. */
    OptionalLong size() {
        long size = 0;
        for (int i = 0; i < ranges; i++) {
            size += 1L + bounds[2 * i + 1] - bounds[2 * i];
        }
        return paged ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** Whether some of the set is in pages, which whoever deletes the set must delete too. */
    boolean isPaged() {
        return paged;
    }

    void write(RecordWriter writer) {
        writer.flag(paged).unsigned(ranges);
        long previous = 0;
        for (int i = 0; i < 2 * ranges; i++) {
            writer.unsigned(bounds[i] - previous);
            previous = bounds[i];
        }
    }

    void read(RecordReader reader) {
        paged = reader.flag();
        ranges = reader.count();
        bounds = new int[Math.max(2, 2 * ranges)];
        long previous = 0;
        for (int i = 0; i < 2 * ranges; i++) {
            previous += reader.unsigned();
            bounds[i] = (int) previous;
        }
    }
}
