package io.yardmaster.bench.peers;

import io.yardmaster.bench.report.Sample;
import java.util.List;
import java.util.Locale;

/**
 * One round of one scheduler.
 *
 * @param seconds from the submission until the scheduler, or its client, knows that all tasks have succeeded
 * @param hops of a chain, in milliseconds; empty for other shapes. One that stands alone is a mean.
 */
record ShapeResult(int tasks, double seconds, List<Double> hops) {
    ShapeResult {
        hops = hops == null ? List.of() : List.copyOf(hops);
    }

    double perSecond() {
        return tasks / seconds;
    }

    double hop(double quantile) {
        return new Sample(hops).quantile(quantile);
    }

    @Override
    public String toString() {
        String rate = String.format(Locale.ROOT, "%,.0f tasks/s", perSecond());
        return hops.isEmpty() ? rate : String.format(Locale.ROOT, "hop p50 %.2f ms, p99 %.2f ms", hop(0.5), hop(0.99));
    }
}
