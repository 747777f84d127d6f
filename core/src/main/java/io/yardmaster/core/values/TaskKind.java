package io.yardmaster.core.values;

/** What an assignment runs: a regular task, or the commit or cleanup task that ends a job. */
public enum TaskKind {
    TASK,
    COMMIT,
    CLEANUP
}
