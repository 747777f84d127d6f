package io.yardmaster.core.values;

/** The keys of limits in a {@link Budget} and a {@link Demand}. */
public final class LimitKeys {
    /** The most tasks that were dispatched and have not ended. */
    public static final String ALL = "all";

    /** The most tasks of any one job that were dispatched and have not ended. */
    public static final String JOB = "job";

    private static final String GROUP = "group/";
    private static final String NAMED = "limit/";

    private LimitKeys() {}

    /** The most tasks of a group that were dispatched and have not ended. */
    public static String ofGroup(long group) {
        return GROUP + group;
    }

    /** The units of a named limit. */
    public static String named(String name) {
        return NAMED + name;
    }

    /** Returns whether a key is that of a group's limit. */
    public static boolean isOfGroup(String key) {
        return key.startsWith(GROUP);
    }

    /** The group of such a key. */
    public static long group(String key) {
        return Long.parseLong(key.substring(GROUP.length()));
    }
}
