package io.yardmaster.client;

/** The handler threw an {@link Error}, or the report listener threw anything: the execution manager stops with this. */
public final class BrokenExecutionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenExecutionException(Assignment assignment, Throwable cause) {
        super("handler or report listener broke at " + assignment + ": " + cause, cause);
    }
}
