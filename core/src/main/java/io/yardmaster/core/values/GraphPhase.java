package io.yardmaster.core.values;

/** The state of a graph: the last three are those of a job that has ended. */
public enum GraphPhase {
    RUNNING,
    /** All of its stages have ended as they should, and its commit task runs or waits. */
    COMMITTING,
    /** It has failed or was cancelled, and its cleanup task runs or waits. */
    CLEANING_UP,
    SUCCEEDED,
    FAILED,
    CANCELLED
}
