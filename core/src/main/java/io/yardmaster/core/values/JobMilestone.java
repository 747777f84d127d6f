package io.yardmaster.core.values;

/** A step that a job takes at most once in a session, unless the scheduler forgot the job meanwhile. */
public enum JobMilestone {
    /** Its first event came. */
    BEGAN,
    /** Its commit event came: its gate is closed, and its commit task waits. */
    COMMITTING,
    /** Its cleanup event came: its gate is closed, and its cleanup task waits. */
    CLEANING_UP,
    /** All tasks of its graph have succeeded, and its commit task if it has one (G5). */
    SUCCEEDED,
    /** Storage said that it has ended with nothing to run, or its graph has: nothing of it will be offered again. */
    ENDED
}
