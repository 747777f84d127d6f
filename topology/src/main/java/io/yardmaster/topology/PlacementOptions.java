package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.topology.config.PlanSettings;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The choices for placement on one instance.
 *
 * @param interval between two looks for what is to be planned, released and applied
 * @param executor makes the plans: beside the stream threads, or {@code Runnable::run} on them, for small pools and tests
 * @param wallClock epoch ms as the machine has it now, with which the clocks of hosts are compared: the one of Streams never follows a
 *     correction
 */
record PlacementOptions(PlacementPolicy policy, Duration interval, Executor executor, LongSupplier wallClock) {
    /** The choices that these settings make. */
    static PlacementOptions of(PlanSettings plans, Executor executor, LongSupplier wallClock) {
        return new PlacementOptions(
                PlacementPolicy.DEFAULT.withPlanLimit(plans.limit()), plans.interval(), executor, wallClock);
    }
}
