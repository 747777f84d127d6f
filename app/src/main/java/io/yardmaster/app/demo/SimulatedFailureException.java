package io.yardmaster.app.demo;

/** Thrown for an attempt that was chosen to fail. */
public final class SimulatedFailureException extends Exception {
    private static final long serialVersionUID = 1L;

    SimulatedFailureException(String message) {
        super(message);
    }
}
