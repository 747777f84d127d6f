package io.yardmaster.topology;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** The system's clock, ahead of itself, or behind. */
final class ShiftedTime implements Time {
    private final long aheadMillis;

    ShiftedTime(Duration ahead) {
        this.aheadMillis = ahead.toMillis();
    }

    @Override
    public long milliseconds() {
        return Time.SYSTEM.milliseconds() + aheadMillis;
    }

    @Override
    public long nanoseconds() {
        return Time.SYSTEM.nanoseconds();
    }

    @Override
    public void sleep(long ms) {
        Time.SYSTEM.sleep(ms);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) throws InterruptedException {
        Time.SYSTEM.waitObject(object, condition, deadlineMs - aheadMillis);
    }
}
