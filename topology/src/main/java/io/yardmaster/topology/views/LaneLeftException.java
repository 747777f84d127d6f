package io.yardmaster.topology.views;

/** The lane partition leaves this instance before it answered; another instance will have it. */
public final class LaneLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaneLeftException(int lane) {
        super("lane partition " + lane + " leaves");
    }
}
