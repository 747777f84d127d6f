package io.yardmaster.bench.failover;

import io.yardmaster.bench.report.Sample;
import java.util.Locale;

/** The measured times, as text. */
final class FailoverTable {
    private final StringBuilder text = new StringBuilder("From kill -9 to the next assignment of the same shard, in s\n"
            + String.format(Locale.ROOT, "%-10s  %12s  %7s  %7s  %7s%n", "mode", "tasks", "median", "least", "most"));

    void add(String mode, long tasks, Sample seconds) {
        text.append(String.format(
                Locale.ROOT,
                "%-10s  %,12d  %7.1f  %7.1f  %7.1f%n",
                mode,
                tasks,
                seconds.median(),
                seconds.least(),
                seconds.most()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
