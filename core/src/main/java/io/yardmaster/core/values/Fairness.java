package io.yardmaster.core.values;

/** The levels at which the rotation is fair (S15). */
public enum Fairness {
    /** One level: every active job gets one task a cycle. */
    JOB,
    /** Two levels: every resource group with active jobs gets one task a cycle, and its jobs take turns to provide it. */
    RESOURCE_GROUP,
    /** The same two levels; a group gets tasks in proportion to its weight in the {@link LivePolicy} (L2). */
    WEIGHTED,
    /**
     * The same, but tasks that limits decide about go by dominant resource: the group goes first that has had the least of the limit
     * of which it has had the most, as a part of the limit and by weight (L3).
     */
    DRF;

    /** Returns whether groups take turns, and inside each its jobs. */
    public boolean isByGroup() {
        return this != JOB;
    }

    /** Returns whether groups share by their weights. */
    public boolean isByWeight() {
        return this == WEIGHTED || this == DRF;
    }
}
