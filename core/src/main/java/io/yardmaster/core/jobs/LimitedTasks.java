package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;

/**
 * Tasks of one job that need the same units of the same limits. They are offered only as far as they were granted; the fields
 * belong to the package of limits.
 */
public final class LimitedTasks {
    /** The number of the shape of tasks that need no named limit. */
    public static final int PLAIN = 0;

    /** The number of their shape. */
    public final int shape;

    public final TaskQueue queue;
    /** The tasks at the head of the queue that may be offered. */
    public int granted;
    /** True if all of them may be offered, and no units are reserved for them. */
    public boolean isOpen;
    /** True if it waits for a grant in the list of its shape. */
    public boolean isListed;
    /** Its place in that list. */
    public long place;
    /** True if its record must be written at the next flush. */
    boolean changed;

    LimitedTasks(int shape, TaskQueue queue) {
        this.shape = shape;
        this.queue = queue;
    }

    /** The part of the job's pages in which the queue of a shape is. */
    static int partOf(int shape) {
        return Pages.QUEUE - shape;
    }

    /** The rank of the first task that was not granted. */
    public int nextRank() {
        return queue.rankAt(granted);
    }

    /** The tasks that were not granted. */
    public long ungranted() {
        return queue.size() - granted;
    }
}
