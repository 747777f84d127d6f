package io.yardmaster.core.values;

/** What a failure does to a job, if no stage that waits for the failed one tolerates it by {@code ANY} or {@code ENDED} (G4). */
public enum OnFailure {
    /** The job fails at once: what waits is killed, and what runs. Stages that say {@code ENDED} still run. */
    STOP,
    /** All that does not depend on the failed task still runs; then the job fails. */
    CONTINUE
}
