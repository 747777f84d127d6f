package io.yardmaster.app.workflow;

/** A user's file is larger than any that is read; the message says by which bound. */
public final class InputTooLargeException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    InputTooLargeException(String message) {
        super(message);
    }
}
