package io.yardmaster.core.values;

/** The kind of a task: a regular one, or the commit or cleanup task that ends a job. */
public enum TaskKind {
    TASK,
    COMMIT,
    CLEANUP
}
