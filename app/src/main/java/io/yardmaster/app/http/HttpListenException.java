package io.yardmaster.app.http;

/** The HTTP port cannot be opened; the message is one line that names it. */
public final class HttpListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HttpListenException(String message) {
        super(message);
    }

    HttpListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
