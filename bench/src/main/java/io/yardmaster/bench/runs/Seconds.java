package io.yardmaster.bench.runs;

import java.util.Locale;

/** A duration. */
record Seconds(double seconds) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
