package io.yardmaster.client;

/** The record is not what its topic is for, and never will be. */
final class UnusableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRecordException(String message) {
        super(message);
    }
}
