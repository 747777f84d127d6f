package io.yardmaster.app.access;

/** Kafka does not permit what is needed; one line for each permission that is missing. */
public final class NotPermittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotPermittedException(String message) {
        super(message);
    }
}
