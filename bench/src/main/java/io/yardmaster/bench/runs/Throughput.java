package io.yardmaster.bench.runs;

import java.util.Locale;

/**
 * The measurements of one round.
 *
 * @param perSecond records or assignments that reached the fleet, and outcomes that were counted
 * @param cpuSecondsPerMillion of the contestant's JVM, for a million of them; NaN where it was not measured
 * @param changelogBytesEach commit markers included; 0 if there is no changelog
 */
record Throughput(double perSecond, double cpuSecondsPerMillion, double changelogBytesEach) {

    @Override
    public String toString() {
        String rate = String.format(Locale.ROOT, "%,.0f/s", perSecond);
        return Double.isNaN(cpuSecondsPerMillion)
                ? rate
                : String.format(
                        Locale.ROOT,
                        "%s, %.2f CPU seconds per million, %.1f changelog bytes each",
                        rate,
                        cpuSecondsPerMillion,
                        changelogBytesEach);
    }
}
