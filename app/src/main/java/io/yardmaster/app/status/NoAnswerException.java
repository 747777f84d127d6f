package io.yardmaster.app.status;

/** No instance answers where it was asked; the message is one line that says where. */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message);
    }

    /** The same with more to say. */
    public NoAnswerException and(String more) {
        return new NoAnswerException(getMessage() + more, getCause());
    }

    NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
