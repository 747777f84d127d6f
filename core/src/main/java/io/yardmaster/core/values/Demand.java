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
 *     whatever their priority, but not below the {@link Budget#floor floor}
 * @param turnWeight the weight of a group that has a turn in every cycle; 1 unless the {@link LivePolicy} gives weights
 * @param activeJobsByGroup the number of active jobs of each group that has any; empty if the caller did not ask for it
 * @param blocked the part of the backlog and of the pending jobs that is below the floor of the latest tick
 * @param byPriority the backlog of active jobs and the pending jobs, as one number for each priority with any; empty if no job has
 *     another than the normal priority
 */
public record Demand(
        int activeJobs,
        long pendingJobs,
        long backlog,
        double turnsPerCycle,
        double turnWeight,
        Map<Long, Integer> activeJobsByGroup,
        long blocked,
        Map<Integer, Long> byPriority) {

    /** A demand of jobs of the normal priority, none of which is below a floor. */
    public Demand(
            int activeJobs,
            long pendingJobs,
            long backlog,
            double turnsPerCycle,
            double turnWeight,
            Map<Long, Integer> activeJobsByGroup) {
        this(activeJobs, pendingJobs, backlog, turnsPerCycle, turnWeight, activeJobsByGroup, 0, Map.of());
    }

    /** The backlog and the pending jobs that a tick could offer something of. */
    public long offerable() {
        return backlog + pendingJobs - blocked;
    }

    /** Returns whether a tick could offer a task. */
    public boolean isSomething() {
        return backlog > 0 || pendingJobs > 0;
    }
}
