package io.yardmaster.topology;

/** An event that could be read but makes no sense: it goes to the dead-letter topic, and the stream goes on. */
final class InvalidEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidEventException(String reason) {
        super(reason);
    }
}
