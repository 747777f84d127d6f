package io.yardmaster.connectors.settings;

/** What can be done when a task or job is in a state. */
public enum StateMeaning {
    /** A task can run. */
    READY,
    /** A job's commit task can run. */
    COMMIT,
    /** A job's cleanup task can run. */
    CLEANUP,
    /** A job has ended, and there is nothing to run. */
    ENDED,
    /** Nothing. */
    OTHER
}
