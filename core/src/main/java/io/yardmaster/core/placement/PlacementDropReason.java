package io.yardmaster.core.placement;

/** The reason why a planned decision does not hold any more (P3). */
public enum PlacementDropReason {
    /** The task became ready in an older session. */
    OLD_SESSION,
    /** The job was cancelled. */
    JOB_CANCELLED,
    /** The job has a commit or cleanup event, or has ended. */
    JOB_FINALIZED,
    /** The job was paused. */
    JOB_PAUSED,
    /** The task does not wait for a place any more. */
    NOT_QUEUED,
    /** The task has a booking already. */
    BOOKED,
    /** The host is gone or takes no new tasks, or its bookings were released. */
    HOST_GONE,
    /** The host started anew. */
    HOST_RESTARTED,
    /** The host is silent. */
    HOST_SILENT,
    /** The host's labels have changed and do not suit any more. */
    LABELS_CHANGED,
    /** The host has too little room now. */
    NO_ROOM,
    /** A task that was to lose its place has ended, or has another place now, or is not of lower priority any more. */
    VICTIM_GONE,
    /** No more tasks may lose their places now. */
    PREEMPTION_LIMIT,
    /** Another task of the same gang was dropped. */
    GANG_BROKEN
}
