package io.yardmaster.core.values;

/** The reason for which an outcome does not count (O1). */
public enum OutcomeDropReason {
    /** An outcome of this assignment was counted before. */
    REPEATED,
    /** The outcome is of a lower session than the current one (S11). */
    OLD_SESSION,
    /**
     * No such assignment is outstanding: it was never made, this attempt of the task was never seen, another task holds units of limits by
     * this assignment, the job is not being finalized though the outcome is of a finalizing task, or the assignment was made longer ago than {@link Policy#dedupExpiry}.
     */
    NOT_OUT,
    /** The scheduler has forgotten the job. */
    UNKNOWN_JOB,
    /** The outcome names another resource group than the job's events did. */
    WRONG_GROUP
}
