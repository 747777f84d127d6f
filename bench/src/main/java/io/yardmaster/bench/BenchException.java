package io.yardmaster.bench;

/** A benchmark cannot be run or does not end; the message is one line with the reason. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
