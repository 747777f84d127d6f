package io.yardmaster.topology.window;

/** State of the {@link GroupOffsetPoller} after failures. */
public enum PollBackoff {
    /** The latest refresh succeeded, or none has failed yet. */
    CLOSED,
    /** The latest refresh failed; the poller waits before the next one. */
    OPEN,
    /** The poller tries again just now. */
    HALF_OPEN
}
