package io.yardmaster.schemas;

import java.time.Duration;

/** Limits of a {@link JobGraph}. The scheduler refuses larger ones. */
public final class GraphLimits {
    public static final int PARTS = 1_000;
    /** Stages in all parts together. */
    public static final int STAGES = 100_000;
    /** Dependencies in all parts together. */
    public static final int DEPENDENCIES = 1_000_000;
    /** Tasks of all stages together, as their indices are numbers from 0 to 2^31-2. */
    public static final int TASKS = Integer.MAX_VALUE;
    /** The longest name of a job, in characters. */
    public static final int JOB_NAME = 200;
    /** The longest name of a stage, in characters. */
    public static final int STAGE_NAME = 200;

    public static final int ATTEMPTS = 1_000_000;
    /** The longest back-off, and the longest timeout. */
    public static final Duration TIME = Duration.ofDays(30);
    /** The largest payload of a stage, in bytes: it is kept once for its stage, but goes into every assignment. */
    public static final int PAYLOAD_BYTES = 3_500;

    /** The highest priority of a stage; the lowest is this with a minus sign. */
    public static final int STAGE_PRIORITY = 100;

    /** The limits that a stage may need. */
    public static final int NEEDS = 8;
    /** The most units of a limit that a task may need, and that a limit may have. */
    public static final long UNITS = 1_000_000_000;
    /** The names of limits, as a regular expression. */
    public static final String LIMIT_NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    /** The names of pools, as a regular expression: each is the end of a topic's name. */
    public static final String POOL_NAME = "[a-z0-9][a-z0-9-]{0,31}";

    /** The most tasks of a gang. */
    public static final int GANG = 1_000;

    /** The labels of hosts that a stage may ask for. */
    public static final int LABELS = 16;

    private GraphLimits() {}
}
