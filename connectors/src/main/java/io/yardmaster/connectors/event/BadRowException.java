package io.yardmaster.connectors.event;

/** A row cannot be an event; the message says in a few words why. */
public final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRowException(String message) {
        super(message);
    }
}
