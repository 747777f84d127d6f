package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The seen tasks of a job in pages of layout 1: for each attempt, bitmaps of 8,192 indices. A page moves into the tree when an
 * event names a task in it.
 */
final class OldSeenPages {
    private static final int CHUNK = 1 << 13;

    private final Pages pages;
    /** The attempts that have pages, ascending. */
    private final List<Integer> attempts = new ArrayList<>();

    OldSeenPages(Pages pages) {
        this.pages = pages;
    }

    void add(int attempt) {
        attempts.add(attempt);
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    /** Moves the pages in which tasks of the batch lie. The batch is as in {@link SeenTree#addAll}. */
    void moveTo(SeenTree tree, long[] batch) {
        int latest = -1;
        for (long task : batch) {
            int chunk = (int) (task >>> 32) / CHUNK;
            if (chunk != latest) {
                latest = chunk;
                attempts.forEach(attempt -> move(tree, attempt, chunk));
            }
        }
    }

    private void move(SeenTree tree, int attempt, int chunk) {
        byte[] page = pages.getOld(Keys.OLD_SEEN_PAGE, attempt, chunk);
        if (page != null) {
            long[] tasks = BitSet.valueOf(page).stream()
                    .mapToLong(bit -> (long) (chunk * CHUNK + bit) << 32)
                    .toArray();
            tree.addAll(tasks, attempt, new boolean[1]);
            pages.deleteOld(Keys.OLD_SEEN_PAGE, attempt, chunk);
        }
    }

    void write(StateWriter writer) {
        writer.unsigned(attempts.size());
        attempts.forEach(writer::unsigned);
    }

    static OldSeenPages read(StateReader reader, Pages pages) {
        OldSeenPages read = new OldSeenPages(pages);
        for (int rest = reader.count(); rest > 0; rest--) {
            read.add(reader.count());
        }
        return read;
    }
}
