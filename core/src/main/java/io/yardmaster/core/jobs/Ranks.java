package io.yardmaster.core.jobs;

/**
 * Ranks of tasks in the queue of a job: the priority of a task's stage and, where the policy says so, a place among the stages of
 * this priority. Higher ranks go first.
 */
public final class Ranks {
    /** The rank of tasks without a priority. */
    public static final int NORMAL = 0;

    private static final int PLACES = 256;

    private Ranks() {}

    /** The rank of a priority with a place in it, from 0 to 255. */
    public static int of(int priority, int place) {
        return priority * PLACES + place;
    }

    /** The rank of the same priority without a place. */
    static int withoutPlace(int rank) {
        return Math.floorDiv(rank, PLACES) * PLACES;
    }

    /** The number of a rank, 0 or more: 0, 1, 2, 3 … of 0, -1, 1, -2 …. */
    public static int codeOf(int rank) {
        return (rank << 1) ^ (rank >> 31);
    }

    /** The rank with this number. */
    public static int ofCode(int code) {
        return (code >>> 1) ^ -(code & 1);
    }
}
