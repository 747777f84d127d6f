package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Sample;
import java.util.Locale;

/**
 * The times of one round from the append of each command that came while a plan was made, in milliseconds.
 *
 * @param toKill until execution managers can read the kill
 * @param toEvent until observers can read the answer
 * @param toWithdrawal until the last task of the job that waited for a host has come back
 * @param planSeconds that these plans took
 */
record CancelTimes(Sample toKill, Sample toEvent, Sample toWithdrawal, double planSeconds) {
    private static final double PART = 0.99;

    double killP99() {
        return toKill.quantile(PART);
    }

    double eventP99() {
        return toEvent.quantile(PART);
    }

    double withdrawnP99() {
        return toWithdrawal.quantile(PART);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cancels in plans of %.1f s: kill p50 %.0f ms, p99 %.0f ms; event p50 %.0f ms, p99 %.0f ms; withdrawn p50 %.0f ms, p99 %.0f ms",
                toKill.values().size(),
                planSeconds,
                toKill.median(),
                killP99(),
                toEvent.median(),
                eventP99(),
                toWithdrawal.median(),
                withdrawnP99());
    }
}
