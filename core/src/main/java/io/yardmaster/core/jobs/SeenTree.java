package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/**
 * The highest attempt seen of each task of a job, as a tree of intervals. As long as there are few runs they are all in
 * the root. Where one part of a node has so many that the node gets too large, they move into a child of their own; a
 * child that has become a single run comes back. So dense indices end as one run in whatever order they come, and sparse
 * ones cost what their gaps cost: 3 to 5 bytes each.
 */
final class SeenTree {
    private final Pages pages;
    private SeenNode root = SeenNode.root();

    SeenTree(Pages pages) {
        this.pages = pages;
    }

    /** Whether some of it is in pages. */
    boolean isPaged() {
        return root.hasChildren();
    }

    /**
     * Sees tasks. A page is read, and written if it changed, once for however many of them lie in it.
     *
     * @param batch index in the upper half, position in the lower, ascending
     * @param isNew by position: what {@link AttemptRuns#raise} says is put here
     */
    void addAll(long[] batch, int attempt, boolean[] isNew) {
        addAll(root, batch, 0, batch.length, attempt, isNew);
        shrinkRoot();
    }

    /** Sees one task, of which nothing is in pages. */
    boolean addToRoot(int index, int attempt) {
        return root.raise(index, attempt);
    }

    /** Gives these indices this attempt; nothing of the tree is in pages. */
    void putToRoot(int first, int last, int attempt) {
        root.put(first, last, attempt);
    }

    /** Must follow what was added to the root. */
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

    private SeenNode load(int start, int bits) {
        byte[] page = pages.get(bits, start >>> bits);
        if (page == null) {
            throw new IllegalStateException("page " + (start >>> bits) + " of what was seen is missing");
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

    void write(StateWriter target) {
        root.write(target);
    }

    void read(StateReader reader) {
        root.read(reader);
    }
}
