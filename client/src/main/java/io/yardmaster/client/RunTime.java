package io.yardmaster.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures the run of one assignment: by a monotonic clock for its timeout, and by the wall clock for its outcome. Not
 * thread-safe.
 */
final class RunTime {
    private static final long UNLIMITED = 0;

    private final long limitNanos;
    private final LongSupplier ticker;
    private final InstantSource clock;
    private boolean begun;
    private long began;
    private Instant startedAt;
    private Instant endedAt;

    /** @param timeout zero for no limit */
    RunTime(Duration timeout, LongSupplier ticker, InstantSource clock) {
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(timeout.toMillis());
        this.ticker = ticker;
        this.clock = clock;
    }

    void begin() {
        begun = true;
        began = ticker.getAsLong();
        startedAt = clock.instant();
    }

    void end() {
        Instant now = clock.instant();
        // The clock may have been set back meanwhile.
        endedAt = begun && now.isBefore(startedAt) ? startedAt : now;
        startedAt = begun ? startedAt : endedAt;
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    long nanosLeft() {
        return begun && limitNanos != UNLIMITED ? limitNanos - (ticker.getAsLong() - began) : Long.MAX_VALUE;
    }

    /** Equal to the end if it never began. */
    Instant startedAt() {
        return startedAt;
    }

    Instant endedAt() {
        return endedAt;
    }
}
