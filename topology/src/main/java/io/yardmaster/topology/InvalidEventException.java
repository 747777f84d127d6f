package io.yardmaster.topology;

/** A readable event makes no sense. It goes to the dead-letter topic, and the stream thread goes on. */
final class InvalidEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidEventException(String reason) {
        super(reason);
    }
}
