package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;

/** Names of the topology's nodes and stores. State and internal topics are named after them: changing one loses state. */
public final class Names {
    public static final String READY_SOURCE = "ready";
    public static final String COMMIT_SOURCE = "commit";
    public static final String CLEANUP_SOURCE = "cleanup";
    public static final String GRAPHS_SOURCE = "graphs";
    public static final String COMMANDS_SOURCE = "commands";
    public static final String OUTCOMES_SOURCE = "outcomes";
    public static final String SCHEDULER = "scheduler";
    public static final String DISPATCH_SINK = "dispatch";
    /** The sink of the topics of all pools but the default one. */
    public static final String POOLS_SINK = "dispatch-pools";

    public static final String SESSIONS_SINK = "sessions";
    public static final String SHARES_SINK = "shares";
    public static final String EVENTS_SINK = "events";
    public static final String KILLS_SINK = "kills";
    /** The sink of dead letters that no record causes which is just read. */
    public static final String LATE_LETTERS_SINK = "late-letters";

    public static final String OFFERS_SINK = "offers-written";

    public static final String HOSTS_SOURCE = "hosts";
    public static final String OFFERS_SOURCE = "offers";
    public static final String PLACEMENT = "placement";
    public static final String PLACED_SINK = "placed";
    public static final String RETURNED_SINK = "returned";
    public static final String PLACEMENT_KILLS_SINK = "placement-kills";

    public static final String SESSIONS_SOURCE = "newest-session-source";
    public static final String SESSIONS_UPDATER = "newest-session-updater";
    public static final String SHARES_SOURCE = "latest-shares-source";
    public static final String SHARES_UPDATER = "latest-shares-updater";

    public static final String POLICY_SOURCE = "latest-policy-source";
    public static final String POLICY_UPDATER = "latest-policy-updater";

    /** The whole state of a shard, in one store so that a transaction touches one changelog. */
    public static final String STATE_STORE = "scheduler-state";

    /** The state of the pools of a partition. */
    public static final String PLACEMENT_STORE = "placement-state";

    /** The {@link CommitHook}, which stores nothing. */
    public static final String COMMIT_HOOK = "commit-hook";

    /** The one of placement. */
    public static final String PLACEMENT_COMMIT_HOOK = "placement-commit-hook";

    /** On every instance: the latest record of the sessions topic. */
    public static final String SESSIONS_STORE = "newest-session";

    /** On every instance: the latest share of each shard. */
    public static final String SHARES_STORE = "latest-shares";

    /** On every instance: the latest record of each entry of the policy. */
    public static final String POLICY_STORE = "latest-policy";

    private Names() {}

    /** The topic of the scheduler's state, which Kafka Streams makes. */
    public static String changelog(SchedulerConfig config) {
        return config.applicationId() + "-" + STATE_STORE + "-changelog";
    }

    /** The topic of the state of placement, which Kafka Streams makes. */
    public static String placementChangelog(SchedulerConfig config) {
        return config.applicationId() + "-" + PLACEMENT_STORE + "-changelog";
    }
}
