package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;

/** The nodes and stores of the topology. State and internal topics are named after them: changing one loses state. */
public final class Names {
    public static final String READY_SOURCE = "ready";
    public static final String COMMIT_SOURCE = "commit";
    public static final String CLEANUP_SOURCE = "cleanup";
    public static final String SCHEDULER = "scheduler";
    public static final String DISPATCH_SINK = "dispatch";
    public static final String SESSIONS_SINK = "sessions";
    public static final String SHARES_SINK = "shares";

    public static final String SESSIONS_SOURCE = "newest-session-source";
    public static final String SESSIONS_UPDATER = "newest-session-updater";
    public static final String SHARES_SOURCE = "latest-shares-source";
    public static final String SHARES_UPDATER = "latest-shares-updater";

    /** The scheduler's whole state, one store so that a transaction touches one changelog. */
    public static final String STATE_STORE = "scheduler-state";

    /** No store, but where Streams says that it is about to commit. */
    public static final String COMMIT_HOOK = "commit-hook";

    /** On every instance: the newest session that any partition has seen. */
    public static final String SESSIONS_STORE = "newest-session";

    /** On every instance: what each shard has last said of its part in the fleet. */
    public static final String SHARES_STORE = "latest-shares";

    private Names() {}

    /** The topic of the scheduler's state, which Kafka Streams makes. */
    public static String changelog(SchedulerConfig config) {
        return config.applicationId() + "-" + STATE_STORE + "-changelog";
    }
}
