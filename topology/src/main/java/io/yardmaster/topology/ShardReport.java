package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Demand;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.meters.ShardState;
import io.yardmaster.topology.shares.DispatchBudget;

/** Reports a shard's state to its meters: not in every tick, because computing it takes time. */
final class ShardReport {
    private static final long INTERVAL_MS = 500;

    private final Scheduler scheduler;
    private final DispatchBudget budget;
    private final ShardMeters meters;
    private long nextAt = Long.MIN_VALUE;

    ShardReport(Scheduler scheduler, DispatchBudget budget, ShardMeters meters) {
        this.scheduler = scheduler;
        this.budget = budget;
        this.meters = meters;
    }

    /** @param now milliseconds of a clock that only goes forward */
    void tick(long now) {
        if (now < nextAt) {
            return;
        }
        nextAt = now + INTERVAL_MS;
        Demand demand = scheduler.demand(false);
        meters.state(new ShardState(
                scheduler.session(),
                demand.activeJobs(),
                demand.pendingJobs(),
                scheduler.view().finalizingJobs(),
                scheduler.view().pausedJobs(),
                scheduler.view().pausedTasks(),
                scheduler.view().refusedTasks(),
                scheduler.view().parkedTasks(),
                demand.backlog(),
                demand.turnsPerCycle(),
                budget.granted(),
                budget.outstanding(),
                scheduler.view().limits(),
                scheduler.view().groupShares(ShardState.MOST_SHARES)));
    }
}
