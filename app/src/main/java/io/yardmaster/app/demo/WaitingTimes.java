package io.yardmaster.app.demo;

import java.time.Duration;
import java.util.Arrays;

/** The waiting times of tasks; every one is kept, so that percentiles are exact. */
final class WaitingTimes {
    private long[] millis = new long[256];
    private int size;

    void add(Duration waited) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, 2 * size);
        }
        millis[size++] = Math.max(0, waited.toMillis());
    }

    /** Nearest rank; zero if there are none. */
    Percentiles percentiles() {
        long[] sorted = Arrays.copyOf(millis, size);
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1));
    }

    private static Duration at(long[] sorted, double part) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofMillis(sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)]);
    }

    record Percentiles(Duration p50, Duration p99, Duration longest) {}
}
