package io.yardmaster.schemas;

/**
 * The record header {@code ticks} of some assignments, if the scheduler is set to record its ticks: the log of its calls
 * since the assignment before that has this header, in a format of its own. Execution managers ignore it.
 */
public final class TickHeader {
    public static final String HEADER = "ticks";

    private TickHeader() {}
}
