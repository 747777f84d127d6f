package io.yardmaster.replay;

/** A recording makes no sense, or not with the options given; the message is one line that names the file and the place in it. */
public final class InvalidDayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidDayException(String message) {
        super(message);
    }
}
