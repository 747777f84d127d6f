package io.yardmaster.app.work;

/** The command of an assignment ended with another exit code than 0. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
