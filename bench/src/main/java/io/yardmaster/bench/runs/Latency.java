package io.yardmaster.bench.runs;

import java.util.Locale;

/** The time from sending an event until the fleet has the assignment, in milliseconds. */
record Latency(double p50, double p99) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", p50, p99);
    }
}
