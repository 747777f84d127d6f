package io.yardmaster.topology;

/** Somebody has to change something before the scheduler can run: starting it again does not help. */
public final class SetupException extends SchedulerException {
    private static final long serialVersionUID = 1L;

    public SetupException(String message) {
        super(message, null);
    }

    SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
