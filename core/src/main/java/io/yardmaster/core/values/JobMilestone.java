package io.yardmaster.core.values;

/** What a job reaches at most once in a session, unless it was forgotten meanwhile. */
public enum JobMilestone {
    /** Its first event came. */
    BEGAN,
    /** Its commit event came: its gate is closed, and its commit task waits. */
    COMMITTING,
    /** Its cleanup event came: its gate is closed, and its cleanup task waits. */
    CLEANING_UP,
    /** Storage said that it has ended with nothing to run. */
    ENDED
}
