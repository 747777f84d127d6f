package io.yardmaster.app.access;

/** A client lacks permissions in Kafka; the message has a line for each. */
public final class NotPermittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotPermittedException(String message) {
        super(message);
    }
}
