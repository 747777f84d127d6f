package io.yardmaster.torture.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** A wall clock that is set from outside: a file has the number of milliseconds by which it is ahead. */
public final class JumpingClock implements Time {
    static final String FILE = "torture.clock";

    private final Path file = Path.of(System.getProperty(FILE));

    @Override
    public long milliseconds() {
        try {
            return Time.SYSTEM.milliseconds()
                    + Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            return Time.SYSTEM.milliseconds();
        }
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
        long remaining = deadlineMs - milliseconds();
        Time.SYSTEM.waitObject(object, condition, Time.SYSTEM.milliseconds() + remaining);
    }
}
