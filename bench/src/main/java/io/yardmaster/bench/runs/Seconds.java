package io.yardmaster.bench.runs;

import java.util.Locale;

/** How long something took. */
record Seconds(double seconds) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
