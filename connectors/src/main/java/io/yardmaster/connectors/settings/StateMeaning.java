package io.yardmaster.connectors.settings;

/** The work that a state of a task or job stands for. */
public enum StateMeaning {
    /** A task can run. */
    READY,
    /** A job's commit task can run. */
    COMMIT,
    /** A job's cleanup task can run. */
    CLEANUP,
    /** A job has ended, and there is nothing to run. */
    ENDED,
    /** No work. */
    OTHER
}
