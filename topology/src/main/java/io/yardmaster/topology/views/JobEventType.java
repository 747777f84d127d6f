package io.yardmaster.topology.views;

/** What can happen to a job that is worth remembering. */
public enum JobEventType {
    /** It has tasks, and waits for a place in the rotation. */
    PENDING,
    /** It joined the rotation. */
    ACTIVE,
    /** It lost its place to a group that had none. */
    DISPLACED,
    /** It left the rotation with nothing to offer. */
    RETIRED,
    /** A commit event came. */
    COMMIT,
    /** A cleanup event came. */
    CLEANUP,
    /** Storage said that it has ended. */
    ENDED,
    /** Its commit or cleanup task was dispatched. */
    DISPATCHED,
    /** Something that storage sent for it does not reach the fleet. */
    DROPPED
}
