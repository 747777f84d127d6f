package io.yardmaster.core.values;

import java.util.Map;

/**
 * What the scheduler could offer as things stand: by it, whoever grants {@link Budget budgets} divides a window among several
 * schedulers.
 *
 * @param activeJobs jobs in the rotation
 * @param pendingJobs jobs that have tasks and wait for a place in the rotation
 * @param backlog tasks of active jobs, and finalizing tasks, that wait to be offered
 * @param turnsPerCycle assignments in one cycle: of finalizing tasks, and of jobs or, by their weights, of groups
 * @param activeJobsByGroup the groups that have active jobs, and how many; empty where nobody asked for it
 */
public record Demand(
        int activeJobs, long pendingJobs, long backlog, double turnsPerCycle, Map<Long, Integer> activeJobsByGroup) {

    /** Whether a tick could offer anything. */
    public boolean isSomething() {
        return backlog > 0 || pendingJobs > 0;
    }
}
