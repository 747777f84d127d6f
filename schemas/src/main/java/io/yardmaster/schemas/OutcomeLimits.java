package io.yardmaster.schemas;

/** Longest texts of a {@link TaskOutcome}, in characters. The scheduler refuses longer ones. */
public final class OutcomeLimits {
    public static final int REASON = 1_000;
    public static final int WORKER = 200;

    private OutcomeLimits() {}
}
