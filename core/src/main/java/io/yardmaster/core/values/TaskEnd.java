package io.yardmaster.core.values;

/** The result of an assignment, by the word of the execution manager that had it. */
public enum TaskEnd {
    SUCCEEDED,
    FAILED,
    /** It was stopped because somebody asked for it. */
    KILLED,
    /** It was not run, and shall be offered again (O7). */
    REFUSED
}
