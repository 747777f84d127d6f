package io.yardmaster.core.values;

/** A command about one job (O4, O5). */
public enum Command {
    /** Discards the job's buffered tasks and its waiting commit task, and closes its gate; its cleanup task is still offered. */
    CANCEL,
    /** Keeps the job's tasks, those that come later too, from being offered until {@link #RESUME}. */
    PAUSE,
    /** Ends a pause. */
    RESUME,
    /** Gives the job another priority: among the jobs that may run, one of a higher priority goes first (L1). */
    SET_PRIORITY
}
