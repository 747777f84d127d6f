package io.yardmaster.topology;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The wall clock as of the start, advanced by a clock that only goes forward. Streams schedules punctuations and
 * commits by it: a system clock that is set back by an hour would stop them for an hour (S9).
 */
final class SteadyTime implements Time {
    private final Time wallClock;
    private final long startMillis;
    private final long startNanos;

    SteadyTime(Time wallClock) {
        this.wallClock = wallClock;
        this.startMillis = wallClock.milliseconds();
        this.startNanos = wallClock.nanoseconds();
    }

    @Override
    public long milliseconds() {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(nanoseconds() - startNanos);
    }

    @Override
    public long nanoseconds() {
        return wallClock.nanoseconds();
    }

    @Override
    public void sleep(long ms) {
        wallClock.sleep(ms);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) throws InterruptedException {
        long remaining = deadlineMs - milliseconds();
        wallClock.waitObject(object, condition, wallClock.milliseconds() + remaining);
    }
}
