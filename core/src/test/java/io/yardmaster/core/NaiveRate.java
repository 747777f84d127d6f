package io.yardmaster.core;

import io.yardmaster.core.values.DispatchRate;
import org.jspecify.annotations.Nullable;

/** A bucket of tokens, full at first, that is filled at a rate. It keeps what is missing in it as the time, in ns, that this takes. */
final class NaiveRate {
    private long missing;
    private @Nullable DispatchRate rate;

    /** Fills the bucket at another rate from now on, or has none if that is null. Missing tasks take as long as before, or as long as a whole burst. */
    void follow(@Nullable DispatchRate other) {
        rate = other;
        missing = other == null ? missing : Math.min(missing, other.burst() * other.interval());
    }

    void pass(long millis) {
        missing = Math.max(0, missing - millis * 1_000_000);
    }

    boolean hasToken() {
        return rate == null || missing + rate.interval() <= rate.burst() * rate.interval();
    }

    /** Takes a token, which must be there. */
    void take() {
        if (!hasToken()) {
            throw new AssertionError("more tasks were offered than burst and rate allow");
        }
        missing += rate == null ? 0 : rate.interval();
    }
}
