package io.yardmaster.schemas;

/** Longest texts of a {@link JobCommand}, in characters. The scheduler refuses longer ones. */
public final class CommandLimits {
    public static final int REASON = 1_000;
    public static final int BY = 200;

    private CommandLimits() {}
}
