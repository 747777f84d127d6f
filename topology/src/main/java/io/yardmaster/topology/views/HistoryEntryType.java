package io.yardmaster.topology.views;

/** The kinds of entries in a job's history. */
public enum HistoryEntryType {
    /** The first event about the job came. */
    BEGAN,
    /** The job has tasks, and waits for a place in the rotation. */
    PENDING,
    /** The job joined the rotation. */
    ACTIVE,
    /** The job lost its place to a group that had none. */
    DISPLACED,
    /** The job left the rotation with nothing to offer. */
    RETIRED,
    /** A commit event came. */
    COMMIT,
    /** A cleanup event came. */
    CLEANUP,
    /** Storage said that it has ended. */
    ENDED,
    /** A command cancelled it. */
    CANCELLED,
    /** A command paused it. */
    PAUSED,
    /** A command ended its pause. */
    RESUMED,
    /** Its commit or cleanup task was dispatched. */
    DISPATCHED,
    /** The scheduler dropped tasks or an event of the job. */
    DROPPED
}
