package io.yardmaster.connectors.check;

/** There is nothing that could be checked; the message is one line that says why. */
public final class UnreadableConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
