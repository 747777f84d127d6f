package io.yardmaster.topology.views;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.view.SchedulerView;
import java.util.List;
import java.util.Map;

/**
 * A shard at a glance.
 *
 * @param session -1 before the first event
 * @param granted maximum number of assignments that it may have outstanding
 * @param used outstanding assignments
 * @param parkedTasks tasks that wait for limits, but for those that wait for the limit of their job
 * @param drops dropped tasks by reason, since the shard came to its instance
 * @param ended assignments that have ended since then, by their outcomes
 * @param groups the groups with the most buffered tasks
 * @param limits the most wanted limits, as far as this shard uses them
 */
public record ShardSummary(
        int partition,
        long session,
        int places,
        int granted,
        int used,
        long activeJobs,
        long pendingJobs,
        long finalizingJobs,
        long pausedJobs,
        long pausedTasks,
        long refusedTasks,
        long parkedTasks,
        long waitingCommits,
        long waitingCleanups,
        long buffered,
        long assignments,
        double cycleLength,
        List<Long> nextJobs,
        Map<String, Long> drops,
        EndCounts ended,
        List<GroupSummary> groups,
        List<LimitUse> limits) {
    private static final int NEXT_JOBS = 20;
    private static final int GROUPS = 300;
    private static final int LIMITS = 300;

    /** A resource group; its assignments are counted since the shard came to its instance. */
    public record GroupSummary(long group, long activeJobs, long pendingJobs, long buffered, long assignments) {}

    public static ShardSummary of(ShardSnapshotSource source) {
        Scheduler scheduler = source.scheduler();
        Demand demand = scheduler.demand(false);
        SchedulerView view = scheduler.view();
        var groups = view.groups(GROUPS);
        return new ShardSummary(
                source.shard(),
                scheduler.session(),
                view.places(),
                source.granted(),
                source.used(),
                demand.activeJobs(),
                demand.pendingJobs(),
                view.finalizingJobs(),
                view.pausedJobs(),
                view.pausedTasks(),
                view.refusedTasks(),
                view.parkedTasks(),
                view.waitingCommits(),
                view.waitingCleanups(),
                view.buffered(),
                view.assignments(),
                demand.turnsPerCycle(),
                view.nextJobs(NEXT_JOBS),
                source.record().drops(),
                source.record().ended(),
                groups.stream()
                        .map(group -> new GroupSummary(
                                group.group(),
                                group.activeJobs(),
                                group.pendingJobs(),
                                group.buffered(),
                                source.record().assignmentsOf(group.group())))
                        .toList(),
                view.limits(LIMITS));
    }
}
