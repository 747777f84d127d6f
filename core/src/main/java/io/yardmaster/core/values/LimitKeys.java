package io.yardmaster.core.values;

/** The keys of limits in a {@link Budget} and a {@link Demand}. */
public final class LimitKeys {
    /** The most tasks that were dispatched and have not ended. */
    public static final String ALL = "all";

    /** The most tasks of any one job that were dispatched and have not ended. */
    public static final String JOB = "job";

    /** The number of tasks that get what they need together, beside the needs of each; no key of a capacity. */
    public static final String GANG = "gang/";

    private static final String GROUP = "group/";
    private static final String RATE = "rate/";
    private static final String NAMED = "limit/";
    private static final String POOL = "pool/";
    private static final String RATE_OF_POOL = RATE + POOL;

    private LimitKeys() {}

    /** The most tasks of a group that were dispatched and have not ended. */
    public static String ofGroup(long group) {
        return GROUP + group;
    }

    /** The rate of a group; no key of a capacity. */
    public static String rateOfGroup(long group) {
        return RATE + group;
    }

    /** The rate of a pool; no key of a capacity. */
    public static String rateOfPool(String pool) {
        return RATE_OF_POOL + pool;
    }

    /** The units of a named limit. */
    public static String named(String name) {
        return NAMED + name;
    }

    /** The most tasks of a pool that were dispatched and have not ended, which is its window; 0 while it is paused. */
    public static String ofPool(String pool) {
        return POOL + pool;
    }

    /** Returns whether a key is that of a pool. */
    public static boolean isOfPool(String key) {
        return key.startsWith(POOL);
    }

    /** The pool of such a key. */
    public static String pool(String key) {
        return key.substring(POOL.length());
    }

    /** The key of a limit that a task holds by this name, which is that of a named limit or the key of a pool. */
    public static String held(String name) {
        return isOfPool(name) ? name : named(name);
    }

    /** Returns whether a key is that of a group's limit. */
    public static boolean isOfGroup(String key) {
        return key.startsWith(GROUP);
    }

    /** The group of such a key. */
    public static long group(String key) {
        return Long.parseLong(key.substring(GROUP.length()));
    }

    /** Returns whether a key is that of a rate, of a group or a pool. */
    public static boolean isRate(String key) {
        return key.startsWith(RATE);
    }

    /** The group or the pool of such a key, in words: {@code group 7} or {@code pool gpu}. */
    public static String rated(String key) {
        return key.startsWith(RATE_OF_POOL)
                ? "pool " + key.substring(RATE_OF_POOL.length())
                : "group " + key.substring(RATE.length());
    }
}
