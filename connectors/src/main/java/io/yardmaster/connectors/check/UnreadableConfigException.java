package io.yardmaster.connectors.check;

/** Nothing can be checked; the message is one line with the reason. */
public final class UnreadableConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
