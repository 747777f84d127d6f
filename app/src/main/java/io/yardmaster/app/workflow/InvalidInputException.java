package io.yardmaster.app.workflow;

/** A user's file is not valid. The message names the file and the place in it, one line per mistake. */
public class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }
}
