package io.yardmaster.schemas;

/** Longest texts of a {@link JobCommand}, in characters, and its priorities. The scheduler refuses others. */
public final class CommandLimits {
    public static final int REASON = 1_000;
    public static final int BY = 200;
    public static final int LOWEST_PRIORITY = -1_000;
    public static final int HIGHEST_PRIORITY = 1_000;

    private CommandLimits() {}
}
