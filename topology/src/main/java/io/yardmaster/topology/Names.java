package io.yardmaster.topology;

/** The nodes and stores of the topology. State and internal topics are named after them: changing one loses state. */
public final class Names {
    public static final String READY_SOURCE = "ready";
    public static final String COMMIT_SOURCE = "commit";
    public static final String CLEANUP_SOURCE = "cleanup";
    public static final String SCHEDULER = "scheduler";
    public static final String DISPATCH_SINK = "dispatch";
    public static final String SESSIONS_SINK = "sessions";

    public static final String SESSIONS_SOURCE = "newest-session-source";
    public static final String SESSIONS_UPDATER = "newest-session-updater";

    /** The scheduler's whole state, one store so that a transaction touches one changelog. */
    public static final String STATE_STORE = "scheduler-state";

    /** On every instance: the newest session that any partition has seen. */
    public static final String SESSIONS_STORE = "newest-session";

    private Names() {}
}
