package io.yardmaster.topology.window;

/** Whether what could not be read is being asked for. */
public enum PollBackoff {
    /** It can be read. */
    CLOSED,
    /** It could not be read, and is not asked for before some time has passed. */
    OPEN,
    /** It could not be read, and is asked for again just now. */
    HALF_OPEN
}
