package io.yardmaster.app.workflow;

/** A user's file is larger than a bound, which the message names. */
public final class InputTooLargeException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public InputTooLargeException(String message) {
        super(message);
    }
}
