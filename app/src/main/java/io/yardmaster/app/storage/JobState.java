package io.yardmaster.app.storage;

/** The state of a submitted job. {@code DONE} and {@code FAILED} are final. */
public enum JobState {
    /** Its tasks are being run. */
    RUNNING,
    /** All its tasks are done, its commit task is not yet. */
    COMMITTING,
    /** A task failed for good; its cleanup task is not done yet. */
    CLEANING_UP,
    DONE,
    FAILED;

    public boolean isFinal() {
        return this == DONE || this == FAILED;
    }
}
