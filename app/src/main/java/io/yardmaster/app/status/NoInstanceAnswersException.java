package io.yardmaster.app.status;

/** No instance answers where it was asked; the message is one line that says where. */
public final class NoInstanceAnswersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoInstanceAnswersException(String message) {
        super(message);
    }

    /** The same with more to say. */
    public NoInstanceAnswersException and(String more) {
        return new NoInstanceAnswersException(getMessage() + more, getCause());
    }

    NoInstanceAnswersException(String message, Throwable cause) {
        super(message, cause);
    }
}
