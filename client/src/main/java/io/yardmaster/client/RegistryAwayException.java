package io.yardmaster.client;

/** The record cannot be decoded now, as the schema registry does not answer. */
final class RegistryAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    RegistryAwayException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
