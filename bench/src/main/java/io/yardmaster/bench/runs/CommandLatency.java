package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Sample;
import java.util.List;
import java.util.Locale;

/**
 * The times of one round from sending each command, in milliseconds.
 *
 * @param toLastDispatch until the scheduler dispatched the last task of the job; 0 if it had dispatched it before
 * @param toCancellation until a handler that ran a task of the job was cancelled
 */
record CommandLatency(Sample toLastDispatch, Sample toCancellation) {

    static CommandLatency of(List<Double> toLastDispatch, List<Double> toCancellation) {
        return new CommandLatency(new Sample(toLastDispatch), new Sample(toCancellation));
    }

    double lastDispatchP99() {
        return toLastDispatch.quantile(0.99);
    }

    double cancellationP99() {
        return toCancellation.quantile(0.99);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "last dispatch p50 %.1f ms, p99 %.1f ms; handler cancelled p50 %.1f ms, p99 %.1f ms",
                toLastDispatch.median(),
                lastDispatchP99(),
                toCancellation.median(),
                cancellationP99());
    }
}
