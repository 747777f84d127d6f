package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A node of {@link SeenTree}: the attempts seen of the tasks in one interval, without the parts of it that have a child of
 * their own. The root lies in the job's record, every other node in a page. A page of at most 8,192 indices that all have the
 * same attempt is a bitmap if that is shorter.
 */
final class SeenNode {
    /** The most bytes of a page. */
    static final int MOST_BYTES = 1_100;

    /** The most runs of the root, which is part of the job's record. */
    static final int MOST_ROOT_RUNS = 64;

    private static final int ROOT_BITS = 31;
    /** A bitmap, and so the root's first child, has at most 2^13 indices; its other children are quarters of [2^n, 2^(n+1)), n >= 13. */
    private static final int BITMAP_BITS = 13;

    private static final int FEWER_BITS = 4;
    private static final int RUNS = 0;
    private static final int BITMAP = 1;
    /** More runs than this do not fit in a page, however short they are. */
    private static final int TOO_MANY_RUNS = MOST_BYTES / 2;

    final int start;
    /** Its interval has 2 to the power of this many indices. */
    final int bits;

    private final BitSet children = new BitSet(0);
    /** True if there are children, which most roots do not have: every look at a task asks this first. */
    private boolean isParent;

    private AttemptRuns runs;
    /** The seen indices, relative to the start, instead of runs; otherwise null. */
    private @Nullable BitSet bitmap;

    private int bitmapAttempt;

    boolean changed;
    boolean stored;

    SeenNode(int start, int bits, AttemptRuns runs) {
        this.start = start;
        this.bits = bits;
        this.runs = runs;
    }

    static SeenNode root() {
        return new SeenNode(0, ROOT_BITS, new AttemptRuns());
    }

    boolean hasChildren() {
        return isParent;
    }

    boolean hasChildFor(int index) {
        return isParent && children.get(childOf(index));
    }

    int childOf(int index) {
        if (bits < ROOT_BITS) {
            return (index - start) >>> childBits(0);
        }
        if (index < (1 << BITMAP_BITS)) {
            return 0;
        }
        int highest = ROOT_BITS - Integer.numberOfLeadingZeros(index);
        return 1 + 4 * (highest - BITMAP_BITS) + ((index >>> (highest - 2)) & 3);
    }

    int childBits(int child) {
        if (bits < ROOT_BITS) {
            return Math.max(0, bits - FEWER_BITS);
        }
        return child == 0 ? BITMAP_BITS : BITMAP_BITS - 2 + (child - 1) / 4;
    }

    int childStart(int child) {
        if (bits < ROOT_BITS) {
            return start + (child << childBits(0));
        }
        return child == 0 ? 0 : (4 + (child - 1) % 4) << childBits(child);
    }

    int childLast(int child) {
        return childStart(child) + (1 << childBits(child)) - 1;
    }

    boolean raise(int index, int attempt) {
        if (bitmap != null) {
            if (attempt != bitmapAttempt) {
                if (attempt < bitmapAttempt && bitmap.get(index - start)) {
                    return false;
                }
                bitmapToRuns(bitmap);
            } else if (bitmap.get(index - start)) {
                return false;
            } else {
                bitmap.set(index - start);
                changed = true;
                return true;
            }
        }
        boolean isNew = runs.raise(index, attempt);
        changed |= isNew;
        return isNew;
    }

    /** The highest attempt seen of a task that has no child; -1 if none was. */
    int highest(int index) {
        if (bitmap == null) {
            return runs.highest(index);
        }
        return bitmap.get(index - start) ? bitmapAttempt : -1;
    }

    private void bitmapToRuns(BitSet set) {
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from);
            runs.put(start + from, start + to - 1, bitmapAttempt);
            from = set.nextSetBit(to);
        }
        bitmap = null;
    }

    /** The last index, up to {@code last}, that a task without a child has together with all from this one on. */
    int lastWithoutChild(int index, int last) {
        if (!isParent) {
            return last;
        }
        int child = childOf(index);
        while (childLast(child) < last && !children.get(child + 1)) {
            child++;
        }
        return Math.min(last, childLast(child));
    }

    /** The attempt of this task in the upper half, and the last up to {@code last} that has the same in the lower. */
    long stretch(int index, int last) {
        if (bitmap == null) {
            return runs.stretch(index, last);
        }
        boolean set = bitmap.get(index - start);
        int end = set ? bitmap.nextClearBit(index - start) : bitmap.nextSetBit(index - start);
        int same = end < 0 ? last : Math.min(last, start + end - 1);
        return AttemptRuns.packed(set ? bitmapAttempt : -1, same);
    }

    void put(int first, int last, int attempt) {
        if (bitmap != null) {
            bitmapToRuns(bitmap);
        }
        runs.put(first, last, attempt);
        changed = true;
    }

    /** Moves the part with most runs into a child of its own, and returns that. The node must be too large. */
    SeenNode push() {
        int heaviest = heaviest();
        children.set(heaviest);
        isParent = true;
        changed = true;
        SeenNode child = new SeenNode(
                childStart(heaviest), childBits(heaviest), runs.cut(childStart(heaviest), childLast(heaviest)));
        child.changed = true;
        return child;
    }

    /** The child with most runs. A run that fills a child counts half, so that a full child is chosen last. */
    private int heaviest() {
        int heaviest = -1;
        int most = 0;
        int child = -1;
        int weight = 0;
        for (int run = 0; run < runs.size(); run++) {
            int from = childOf(runs.first(run));
            int to = childOf(runs.last(run));
            boolean whole = runs.first(run) == childStart(from) && runs.last(run) >= childLast(from);
            weight = (from == child ? weight : 0) + (whole ? 1 : 2);
            if (weight > most) {
                most = weight;
                heaviest = from;
            }
            if (to != from) {
                weight = runs.last(run) == childLast(to) ? 1 : 2;
                if (weight > most) {
                    most = weight;
                    heaviest = to;
                }
            }
            child = to;
        }
        return heaviest;
    }

    /** Takes a child back that has become a single run, if the node is small enough. Returns whether it did. */
    boolean absorb(SeenNode child) {
        if (runs == null || !child.isSingleRun() || runs.size() >= mostRunsWith(child)) {
            return false;
        }
        children.clear(childOf(child.start));
        isParent = !children.isEmpty();
        put(child.runs.first(0), child.runs.last(0), child.runs.attempt(0));
        return true;
    }

    /** The limit of runs for {@link #absorb}: higher for a full child, which will hardly change. */
    private int mostRunsWith(SeenNode child) {
        boolean full = child.runs.last(0) - child.runs.first(0) == (1 << child.bits) - 1;
        int most = bits == ROOT_BITS ? MOST_ROOT_RUNS : MOST_BYTES / 8;
        return full ? most : most / 2;
    }

    private boolean isSingleRun() {
        if (bitmap != null && bitmap.nextSetBit(bitmap.nextClearBit(bitmap.nextSetBit(0))) < 0) {
            bitmapToRuns(bitmap);
        }
        return bitmap == null && runs.size() == 1 && !isParent;
    }

    /** The number of runs that may be added without a page. */
    int roomOfRoot() {
        return isParent ? 0 : MOST_ROOT_RUNS - runs.size();
    }

    boolean rootIsTooLarge() {
        return runs.size() > MOST_ROOT_RUNS;
    }

    /** The node as a page; null if it is too large for one. */
    byte @Nullable [] toPage(StateWriter writer) {
        if (bitmap == null && bits <= BITMAP_BITS && !isParent && runs.size() > ((1 << bits) >>> 4)) {
            runsToBitmap();
        }
        if (bitmap != null) {
            return writer.reset()
                    .unsigned(BITMAP)
                    .unsigned(bitmapAttempt)
                    .bytes(bitmap.toByteArray())
                    .toBytes();
        }
        if (runs.size() > TOO_MANY_RUNS) {
            return null;
        }
        write(writer.reset().unsigned(RUNS));
        return writer.length() > MOST_BYTES ? null : writer.toBytes();
    }

    private void runsToBitmap() {
        if (runs.isUniform()) {
            BitSet set = new BitSet(1 << bits);
            for (int run = 0; run < runs.size(); run++) {
                set.set(runs.first(run) - start, runs.last(run) - start + 1);
            }
            bitmap = set;
            bitmapAttempt = runs.attempt(0);
            runs = new AttemptRuns();
        }
    }

    static SeenNode ofPage(byte[] page, int start, int bits) {
        StateReader reader = new StateReader(page);
        SeenNode node = new SeenNode(start, bits, new AttemptRuns());
        node.stored = true;
        if (reader.count() == BITMAP) {
            node.bitmapAttempt = reader.count();
            node.bitmap = BitSet.valueOf(reader.rest());
        } else {
            node.read(reader);
        }
        return node;
    }

    void write(StateWriter writer) {
        writer.unsigned(children.cardinality());
        for (int child = children.nextSetBit(0); child >= 0; child = children.nextSetBit(child + 1)) {
            writer.unsigned(child);
        }
        runs.write(writer, start);
    }

    void read(StateReader reader) {
        for (int rest = reader.count(); rest > 0; rest--) {
            children.set(reader.count());
            isParent = true;
        }
        runs.read(reader, start);
    }
}
