package io.yardmaster.topology;

/** The scheduler cannot start or go on; the message is the reason in one line. */
public class SchedulerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchedulerException(String message, Throwable cause) {
        super(message, cause);
    }
}
