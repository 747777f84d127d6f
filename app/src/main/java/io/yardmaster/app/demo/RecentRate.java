package io.yardmaster.app.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The growth of a count over the last 5 seconds, by samples. */
final class RecentRate {
    private static final Duration SPAN = Duration.ofSeconds(5);

    private final Deque<Sample> samples = new ArrayDeque<>();

    RecentRate() {
        samples.add(new Sample(Duration.ZERO, 0));
    }

    /** The rate per second when the count has just become this. */
    double perSecond(Duration elapsed, long count) {
        samples.add(new Sample(elapsed, count));
        while (samples.size() > 2 && elapsed.minus(SPAN).compareTo(samples.element().elapsed) > 0) {
            samples.remove();
        }
        Sample oldest = samples.element();
        double seconds = elapsed.minus(oldest.elapsed).toNanos() / 1e9;
        return seconds <= 0 ? 0 : (count - oldest.count) / seconds;
    }

    private record Sample(Duration elapsed, long count) {}
}
