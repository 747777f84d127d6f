package io.yardmaster.core.jobs;

import io.yardmaster.core.state.PageStore;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/** A number of each task of a job that has one, which only rises; a run of tasks with the same number costs as much as one. */
public final class TaskMarks {
    /** The mark of a task that has none. */
    public static final int NONE = -1;

    private final SeenTree tree;

    public TaskMarks(PageStore pages) {
        this.tree = new SeenTree(pages);
    }

    public int get(int index) {
        return tree.highest(index);
    }

    /** Gives successive tasks this mark, which is higher than theirs. */
    public void raise(int first, int last, int mark) {
        tree.putAll(first, last, mark);
    }

    /**
     * The tasks from this one on that certainly have the same mark; more may follow.
     *
     * @return the mark in the upper half, and the last of these tasks in the lower
     */
    public long stretch(int index) {
        return tree.stretch(index);
    }

    public void write(StateWriter writer) {
        tree.write(writer);
    }

    public void read(StateReader reader) {
        tree.read(reader);
    }
}
