package io.yardmaster.core.values;

/** The reason for which a command changed nothing. */
public enum CommandDropReason {
    /** The scheduler knows no such job: no event about it has come, or it was forgotten. */
    UNKNOWN_JOB,
    /** The command is for a lower session than the current one (S11). */
    OLD_SESSION,
    /** The job is already as the command wants it. */
    NO_CHANGE,
    /** No task of the job waits, and none can come: its cleanup task was offered, or storage said that the job has ended. */
    ENDED
}
