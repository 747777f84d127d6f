package io.yardmaster.client;

/** The record is no assignment and never will be. */
final class UnreadableAssignmentException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableAssignmentException(String message) {
        super(message);
    }
}
