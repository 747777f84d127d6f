package io.yardmaster.core.values;

import java.util.Map;

/**
 * The jobs and tasks that the scheduler could offer now. The caller uses it to divide one dispatch window into the
 * {@link Budget budgets} of several schedulers.
 *
 * @param activeJobs jobs in the rotation
 * @param pendingJobs jobs that have tasks and wait for a place in the rotation
 * @param backlog tasks of active jobs, and finalizing tasks, that wait to be offered
 * @param turnsPerCycle assignments in one cycle: of finalizing tasks, and of jobs or, by their weights, of groups,
 *     whatever their priority
 * @param turnWeight the weight of a group that has a turn in every cycle; 1 unless the {@link LivePolicy} gives weights
 * @param activeJobsByGroup the number of active jobs of each group that has any; empty if the caller did not ask for it
 */
public record Demand(
        int activeJobs,
        long pendingJobs,
        long backlog,
        double turnsPerCycle,
        double turnWeight,
        Map<Long, Integer> activeJobsByGroup) {

    /** Returns whether a tick could offer a task. */
    public boolean isSomething() {
        return backlog > 0 || pendingJobs > 0;
    }
}
