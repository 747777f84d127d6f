package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What one job was told to run in this session, so that nothing runs twice (S7): of each task the highest attempt, as
 * lower ones are dropped from then on.
 */
public final class SeenTasks {
    private static final long UNKNOWN = -1;

    private final SeenTree tree;
    private final Pages pages;
    /** Pages that an older version wrote; null as in most jobs. */
    private OldSeenPages old;
    /** Attempts that were new. */
    private long count;

    public SeenTasks(Pages pages) {
        this.pages = pages;
        this.tree = new SeenTree(pages);
    }

    /**
     * Sees this attempt of these tasks.
     *
     * @return by position, whether neither this attempt nor a higher one was seen of the task before
     */
    public boolean[] add(int[] indices, int attempt) {
        boolean[] isNew = new boolean[indices.length];
        boolean ascending = isAscending(indices);
        if (ascending && !tree.isPaged() && old == null) {
            for (int i = 0; i < indices.length; i++) {
                isNew[i] = tree.addToRoot(indices[i], attempt);
            }
            tree.shrinkRoot();
        } else {
            long[] batch = new long[indices.length];
            for (int i = 0; i < indices.length; i++) {
                batch[i] = ((long) indices[i] << 32) | i;
            }
            if (!ascending) {
                Arrays.sort(batch);
            }
            if (old != null) {
                old.moveTo(tree, batch);
            }
            tree.addAll(batch, attempt, isNew);
        }
        if (count != UNKNOWN) {
            for (boolean one : isNew) {
                count += one ? 1 : 0;
            }
        }
        return isNew;
    }

    private static boolean isAscending(int[] indices) {
        for (int i = 1; i < indices.length; i++) {
            if (indices[i - 1] > indices[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many attempts were seen; not known of a job of which an older version did not count them. */
    public OptionalLong size() {
        return count == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** Whether some of it is in pages, which whoever forgets it must delete. */
    public boolean isPaged() {
        return tree.isPaged();
    }

    /** The same of pages of layout 1. */
    public boolean hasOldPages() {
        return old != null;
    }

    /** Must precede {@link #write}: what was read of layout 1 may have more runs than a record. */
    void shrink() {
        tree.shrinkRoot();
    }

    public void clear() {
        tree.clear();
        old = null;
        count = 0;
    }

    void write(StateWriter writer) {
        writer.unsigned(count + 1);
        writer.flag(old != null);
        if (old != null) {
            old.write(writer);
        }
        tree.write(writer);
    }

    void read(StateReader reader) {
        count = reader.unsigned() - 1;
        if (reader.flag()) {
            old = OldSeenPages.read(reader, pages);
        }
        tree.read(reader);
    }

    /** Reads what an older version wrote: for each attempt, from the lowest on, ranges and whether there are pages. */
    void readLayout1(StateReader reader) {
        OldSeenPages paged = new OldSeenPages(pages);
        readLevel(reader, 0, paged);
        for (int levels = reader.count(); levels > 0; levels--) {
            readLevel(reader, reader.count(), paged);
        }
        if (!paged.isEmpty()) {
            old = paged;
            count = UNKNOWN;
        }
    }

    private void readLevel(StateReader reader, int attempt, OldSeenPages paged) {
        if (reader.flag()) {
            paged.add(attempt);
        }
        long bound = 0;
        for (int ranges = reader.count(); ranges > 0; ranges--) {
            long first = bound + reader.unsigned();
            bound = first + reader.unsigned();
            count += bound - first + 1;
            tree.putToRoot((int) first, (int) bound, attempt);
        }
    }
}
