package io.yardmaster.app.work;

/** The command of an assignment ended with another exit code than 0. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Without a stack: where a command is awaited says nothing about why it has failed. */
    CommandFailedException(String message) {
        super(message, null, false, false);
    }
}
