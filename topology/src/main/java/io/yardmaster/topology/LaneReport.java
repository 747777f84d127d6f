package io.yardmaster.topology;

import io.yardmaster.scheduling.Scheduler;
import io.yardmaster.topology.meters.LaneMeters;
import io.yardmaster.topology.meters.LaneState;
import io.yardmaster.topology.shares.Allowance;

/** Tells a lane partition's meters how things stand: not in every tick, as some of it takes time to find out. */
final class LaneReport {
    private static final long INTERVAL_MS = 500;

    private final Scheduler scheduler;
    private final Allowance allowance;
    private final LaneMeters meters;
    private long nextAt = Long.MIN_VALUE;

    LaneReport(Scheduler scheduler, Allowance allowance, LaneMeters meters) {
        this.scheduler = scheduler;
        this.allowance = allowance;
        this.meters = meters;
    }

    /** @param now milliseconds of a clock that only goes forward */
    void tick(long now) {
        if (now < nextAt) {
            return;
        }
        nextAt = now + INTERVAL_MS;
        meters.state(new LaneState(
                scheduler.session(),
                scheduler.activeJobs(),
                scheduler.pendingJobs(),
                scheduler.finalizingJobs(),
                scheduler.backlog(),
                scheduler.turnsPerCycle(),
                allowance.granted(),
                allowance.outstanding()));
    }
}
