package io.yardmaster.core.values;

/** The effect of a failure on a job, if no stage that waits for the failed one tolerates it by {@code ANY} or {@code ENDED} (G4). */
public enum OnFailure {
    /** The job fails at once: its tasks that wait or run are killed. Stages that say {@code ENDED} still run. */
    STOP,
    /** Tasks that do not depend on the failed one still run; then the job fails. */
    CONTINUE
}
