package io.yardmaster.core.jobs;

import io.yardmaster.core.state.PageStore;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/**
 * The highest attempt seen of each task of a job, as a tree of intervals. Few runs are all in the root. When a node gets too
 * large, its part with the most runs moves into a child of its own; a child that has become a single run comes back. So dense
 * indices end as one run in whatever order they come, and sparse ones cost 3 to 5 bytes each.
 */
final class SeenTree {
    private final PageStore pages;
    private SeenNode root = SeenNode.root();

    SeenTree(PageStore pages) {
        this.pages = pages;
    }

    /** Returns whether some runs are in pages. */
    boolean isPaged() {
        return root.hasChildren();
    }

    /** The number of tasks that may be added without a change of a page. */
    int room() {
        return root.roomOfRoot();
    }

    /**
     * Adds an attempt of several tasks. Each page in which some of them lie is read once, and written once if it changed.
     *
     * @param batch index in the upper half, position in the lower, ascending
     * @param isNew receives, by position, the results of {@link AttemptRuns#raise}
     */
    void addAll(long[] batch, int attempt, boolean[] isNew) {
        addAll(root, batch, 0, batch.length, attempt, isNew);
        shrinkRoot();
    }

    /** Adds an attempt of one task. No run may be in pages. */
    boolean addToRoot(int index, int attempt) {
        return root.raise(index, attempt);
    }

    /** Gives these indices this attempt. Each page in which some of them lie is read and written once. */
    void putAll(int first, int last, int attempt) {
        put(root, first, last, attempt);
        shrinkRoot();
    }

    private void put(SeenNode node, int first, int last, int attempt) {
        long next = first;
        while (next <= last) {
            int from = (int) next;
            int end;
            if (node.hasChildFor(from)) {
                int child = node.childOf(from);
                end = Math.min(last, node.childLast(child));
                SeenNode below = load(node.childStart(child), node.childBits(child));
                put(below, from, end, attempt);
                settle(node, below);
            } else {
                end = node.lastWithoutChild(from, last);
                node.put(from, end, attempt);
            }
            next = end + 1L;
        }
    }

    /**
     * The tasks from this one on that certainly have the same attempt; more may follow.
     *
     * @return the attempt, or -1, in the upper half, and the last of these tasks in the lower
     */
    long stretch(int index) {
        SeenNode node = root;
        int last = Integer.MAX_VALUE;
        while (node.hasChildFor(index)) {
            int child = node.childOf(index);
            last = Math.min(last, node.childLast(child));
            node = load(node.childStart(child), node.childBits(child));
        }
        return node.stretch(index, node.lastWithoutChild(index, last));
    }

    /** Gives these indices this attempt. No run may be in pages. */
    void putToRoot(int first, int last, int attempt) {
        root.put(first, last, attempt);
    }

    /** Must follow every addition to the root. */
    void shrinkRoot() {
        while (root.rootIsTooLarge()) {
            push(root);
        }
    }

    private void addAll(SeenNode node, long[] batch, int from, int to, int attempt, boolean[] isNew) {
        int next = from;
        while (next < to) {
            int index = (int) (batch[next] >>> 32);
            if (node.hasChildFor(index)) {
                int child = node.childOf(index);
                int end = next + 1;
                while (end < to && (int) (batch[end] >>> 32) <= node.childLast(child)) {
                    end++;
                }
                SeenNode below = load(node.childStart(child), node.childBits(child));
                addAll(below, batch, next, end, attempt, isNew);
                settle(node, below);
                next = end;
            } else {
                isNew[(int) batch[next]] = node.raise(index, attempt);
                next++;
            }
        }
    }

    /** The highest attempt seen of the task; -1 if none was. Reads as many pages as the tree is deep. */
    int highest(int index) {
        SeenNode node = root;
        while (node.hasChildFor(index)) {
            int child = node.childOf(index);
            node = load(node.childStart(child), node.childBits(child));
        }
        return node.highest(index);
    }

    private SeenNode load(int start, int bits) {
        byte[] page = pages.get(bits, start >>> bits);
        if (page == null) {
            throw new IllegalStateException("page " + (start >>> bits) + " of the seen tasks is missing");
        }
        return SeenNode.ofPage(page, start, bits);
    }

    private void settle(SeenNode parent, SeenNode child) {
        if (!child.changed) {
            return;
        }
        if (!parent.absorb(child)) {
            save(child);
        } else if (child.stored) {
            pages.delete(child.bits, child.start >>> child.bits);
        }
    }

    private void save(SeenNode node) {
        StateWriter writer = new StateWriter();
        byte[] page = node.toPage(writer);
        while (page == null) {
            push(node);
            page = node.toPage(writer);
        }
        pages.put(node.bits, node.start >>> node.bits, page);
    }

    private void push(SeenNode node) {
        save(node.push());
    }

    void clear() {
        root = SeenNode.root();
    }

    void write(StateWriter writer) {
        root.write(writer);
    }

    void read(StateReader reader) {
        root.read(reader);
    }
}
