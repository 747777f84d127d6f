package io.yardmaster.bench.fairness;

import io.yardmaster.bench.BenchException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a limited time. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Patience() {}

    /** @throws BenchException that {@code what} did not happen */
    static void await(String what, BooleanSupplier happened) {
        long start = System.nanoTime();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new BenchException("%s: not within %s s".formatted(what, LIMIT.toSeconds()));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(end - now);
        }
    }
}
