package io.yardmaster.connectors.polling;

/** The database is not as an offset left it, so that going on there could pass over rows; the message says why. */
final class StaleOffsetException extends Exception {
    private static final long serialVersionUID = 1L;

    StaleOffsetException(String message) {
        super(message);
    }
}
