package io.yardmaster.client;

/** The record is not what its topic is for, and never will be. */
final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }
}
