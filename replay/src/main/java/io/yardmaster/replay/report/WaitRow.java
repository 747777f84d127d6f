package io.yardmaster.replay.report;

/**
 * The waiting times of some tasks, in ms.
 *
 * @param what the tasks have in common: a group, a priority, or the size of their jobs
 * @param tasks the number of those whose waiting time is known
 */
public record WaitRow(String what, long tasks, long mean, long p50, long p90, long p99, long longest) {
    static WaitRow of(String what, WaitFigures waits) {
        return new WaitRow(
                what,
                waits.count(),
                waits.mean(),
                waits.quantile(0.5),
                waits.quantile(0.9),
                waits.quantile(0.99),
                waits.longest());
    }
}
