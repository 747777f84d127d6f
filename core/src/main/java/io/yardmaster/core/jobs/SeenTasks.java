package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The highest attempt seen of each task of one job in this session. An attempt that is not higher is a duplicate (S7).
 */
public final class SeenTasks {
    /** The upper half of a {@link #stretch} of tasks of which no attempt was seen; the lower half of it is 0. */
    public static final long NEVER = -1L << 32;

    private static final long UNKNOWN = -1;

    private static final int[] NONE = {};
    private static final int FIRST_LENGTH = 8;

    /** To be asked for by {@link #tree()}. */
    private final SeenTree tree;

    private final Pages pages;
    /** Pages that an older version wrote; null in most jobs. */
    private @Nullable OldSeenPages old;
    /** The number of attempts that were not duplicates, or {@link #UNKNOWN}. */
    private long count;
    /**
     * Tasks whose first attempt was seen, and is not in the tree yet: a graph has most added one by one, and nobody asks for them before the
     * job is written.
     */
    private int[] later = NONE;

    private int laterSize;
    /** There may be so many of them: that they get into the tree changes no page. */
    private int mostLater;

    public SeenTasks(Pages pages) {
        this.pages = pages;
        this.tree = new SeenTree(pages);
    }

    /** The tree, with all that was seen. */
    private SeenTree tree() {
        for (int i = 0; i < laterSize; i++) {
            tree.putAll(later[i], later[i], 0);
        }
        laterSize = 0;
        mostLater = 0;
        return tree;
    }

    /**
     * Adds this attempt of these tasks.
     *
     * @return by position, whether the attempt is higher than all seen of the task before
     */
    public boolean[] add(int[] indices, int attempt) {
        boolean[] isNew = new boolean[indices.length];
        boolean ascending = isAscending(indices);
        SeenTree all = tree();
        if (ascending && !all.isPaged() && old == null) {
            for (int i = 0; i < indices.length; i++) {
                isNew[i] = all.addToRoot(indices[i], attempt);
            }
            all.shrinkRoot();
        } else {
            long[] batch = new long[indices.length];
            for (int i = 0; i < indices.length; i++) {
                batch[i] = ((long) indices[i] << 32) | i;
            }
            if (!ascending) {
                Arrays.sort(batch);
            }
            if (old != null) {
                old.moveTo(all, batch);
            }
            all.addAll(batch, attempt, isNew);
        }
        if (count != UNKNOWN) {
            for (boolean one : isNew) {
                count += one ? 1 : 0;
            }
        }
        return isNew;
    }

    /** Adds an attempt of successive tasks that is higher than all seen of them. */
    public void raise(int first, int last, int attempt) {
        if (first == last && attempt == 0 && laterSize < mostLater) {
            addLater(first);
        } else {
            tree().putAll(first, last, attempt);
            mostLater = tree.room();
        }
        if (count != UNKNOWN) {
            count += last - first + 1L;
        }
    }

    private void addLater(int index) {
        if (laterSize == later.length) {
            later = Arrays.copyOf(later, Math.max(FIRST_LENGTH, 2 * laterSize));
        }
        later[laterSize++] = index;
    }

    private static boolean isAscending(int[] indices) {
        for (int i = 1; i < indices.length; i++) {
            if (indices[i - 1] > indices[i]) {
                return false;
            }
        }
        return true;
    }

    /** The tasks from this one on that certainly have the same highest attempt, as of {@link TaskMarks#stretch}. */
    public long stretch(int index) {
        return tree().stretch(index);
    }

    /** Returns whether this attempt of the task, or a higher one, was seen; true if only an older version would know. */
    public boolean contains(int index, int attempt) {
        return old != null || tree().highest(index) >= attempt;
    }

    /** The number of attempts seen; empty if an older version stored the job, which did not count them. */
    public OptionalLong size() {
        return count == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** Returns whether some runs are in pages, which must be deleted when the job is forgotten. */
    public boolean isPaged() {
        return tree.isPaged();
    }

    /** Returns whether some indices are in pages of layout 1, which must be deleted likewise. */
    public boolean hasOldPages() {
        return old != null;
    }

    /** Must precede {@link #write}: a job in layout 1 may have more runs than fit in a record. */
    void shrink() {
        tree().shrinkRoot();
    }

    public void clear() {
        tree.clear();
        later = NONE;
        laterSize = 0;
        mostLater = 0;
        old = null;
        count = 0;
    }

    void write(StateWriter writer) {
        writer.unsigned(count + 1);
        writer.flag(old != null);
        if (old != null) {
            old.write(writer);
        }
        tree().write(writer);
    }

    void read(StateReader reader) {
        count = reader.unsigned() - 1;
        if (reader.flag()) {
            old = OldSeenPages.read(reader, pages);
        }
        tree.read(reader);
    }

    /** Reads layout 1: for each attempt, from the lowest on, ranges and whether there are pages. */
    void readLayout1(StateReader reader) {
        OldSeenPages paged = new OldSeenPages(pages);
        readAttempt(reader, 0, paged);
        for (int attempts = reader.count(); attempts > 0; attempts--) {
            readAttempt(reader, reader.count(), paged);
        }
        if (!paged.isEmpty()) {
            old = paged;
            count = UNKNOWN;
        }
    }

    private void readAttempt(StateReader reader, int attempt, OldSeenPages paged) {
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
