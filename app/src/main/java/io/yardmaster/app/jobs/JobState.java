package io.yardmaster.app.jobs;

/** The state of a submitted job, as its submitter knows it. */
public enum JobState {
    /** Nothing is known of it. */
    UNKNOWN,
    /** Its tasks are being run. */
    RUNNING,
    /** All its tasks are done, its commit task is not yet. */
    COMMITTING,
    /** It failed or was cancelled; its cleanup task is not done yet. */
    CLEANING_UP,
    DONE,
    FAILED,
    CANCELLED,
    /** The scheduler has refused its graph. */
    REFUSED;

    /** Returns whether no other state follows. */
    public boolean isFinal() {
        return this == DONE || this == FAILED || this == CANCELLED || this == REFUSED;
    }
}
