package io.yardmaster.connectors.polling;

/**
 * The database has changed since an offset was stored, and going on there could pass over rows; the message has the
 * reason.
 */
final class StaleOffsetException extends Exception {
    private static final long serialVersionUID = 1L;

    StaleOffsetException(String message) {
        super(message);
    }
}
