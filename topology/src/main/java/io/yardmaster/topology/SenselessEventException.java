package io.yardmaster.topology;

/** An event that could be read but makes no sense: it goes to the dead-letter topic, and the stream goes on. */
final class SenselessEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SenselessEventException(String reason) {
        super(reason);
    }
}
