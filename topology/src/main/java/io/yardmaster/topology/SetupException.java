package io.yardmaster.topology;

/** The scheduler cannot run before a person has changed something: another start alone does not help. */
public final class SetupException extends SchedulerException {
    private static final long serialVersionUID = 1L;

    public SetupException(String message) {
        super(message, null);
    }

    SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
