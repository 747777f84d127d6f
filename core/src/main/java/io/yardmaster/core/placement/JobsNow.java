package io.yardmaster.core.placement;

/** The present state of the jobs of a pool's offers, which may have changed since the snapshot of a plan. */
public interface JobsNow {
    /** The permission of a job's tasks to start. */
    enum Standing {
        /** They may. */
        OPEN,
        /** A command paused the job. */
        PAUSED,
        /** A command cancelled the job. */
        CANCELLED,
        /** The job has a commit or cleanup event, or has ended. */
        FINALIZED
    }

    /** The current session. */
    long session();

    /** The state of a job; one that nobody knows any more is finalized. */
    Standing standing(long job);

    /**
     * True if the task waits for a place as a task of this offer. One that was given back and offered again since may wait with others now,
     * with which it starts or does not.
     */
    boolean isQueued(Offer offer, TaskRef task);

    /** The priority that the task has now. */
    int priority(Offer offer);
}
