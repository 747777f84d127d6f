package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.topology.config.PlanSettings;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The choices for placement on one instance.
 *
 * @param interval between two looks for what is to be planned, released and applied
 * @param executor makes the plans: beside the stream threads, or {@code Runnable::run} on them, for small pools and tests
 * @param wallClock epoch ms as the machine has it now, with which the clocks of hosts are compared: the one of Streams never follows a
 *     correction
 * @param partitions the number of partitions of a pool's dispatch topic; 0 while it is not known
 */
record PlacementOptions(
        PlacementPolicy policy,
        Duration interval,
        Executor executor,
        LongSupplier wallClock,
        ToIntFunction<String> partitions) {
    /** The choices that these settings make. */
    static PlacementOptions of(
            PlanSettings plans, Executor executor, LongSupplier wallClock, ToIntFunction<String> partitions) {
        return new PlacementOptions(
                PlacementPolicy.DEFAULT.withPlanLimit(plans.limit()),
                plans.interval(),
                executor,
                wallClock,
                partitions);
    }
}
