package io.yardmaster.client;

/** A handler throws this to fail its assignment at once: it is not tried again, and the reason is in its outcome. */
public final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason a sentence for people; shortened beyond 1,000 characters */
    public TaskFailedException(String reason) {
        super(reason);
    }

    /** @param reason a sentence for people; shortened beyond 1,000 characters */
    public TaskFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
