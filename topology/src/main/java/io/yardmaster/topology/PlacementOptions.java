package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.topology.config.PlanSettings;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;

/**
 * The choices for placement on one instance.
 *
 * @param shards the number of partitions of the topics of hosts and of offers
 * @param interval between two looks for what is to be planned, released and applied
 * @param executor makes the plans: beside the stream threads, or {@code Runnable::run} on them, for small pools and tests
 * @param wallClock epoch ms as the machine has it now, with which the clocks of hosts are compared: the one of Streams never follows a
 *     correction
 * @param partitions the number of partitions of a pool's dispatch topic; 0 while it is not known
 * @param ends asks for the ends of dispatch topics; with {@link HostFloors.Ends#NONE} assignments are kept for ever
 * @param betweenFloors time between two looks at what hosts do not need any more
 */
record PlacementOptions(
        PlacementPolicy policy,
        int shards,
        Duration interval,
        Executor executor,
        LongSupplier wallClock,
        ToIntFunction<String> partitions,
        HostFloors.Ends ends,
        Duration betweenFloors) {
    private static final Duration BETWEEN_FLOORS = Duration.ofSeconds(5);

    /** The choices that these settings make; assignments are kept for ever. */
    static PlacementOptions of(
            PlanSettings plans,
            int shards,
            Executor executor,
            LongSupplier wallClock,
            ToIntFunction<String> partitions) {
        return new PlacementOptions(
                PlacementPolicy.DEFAULT
                        .withPlanLimit(plans.limit())
                        .withTurns(plans.backoff().toMillis(), plans.busiestFirst()),
                shards,
                plans.interval(),
                executor,
                wallClock,
                partitions,
                HostFloors.Ends.NONE,
                BETWEEN_FLOORS);
    }

    /** The same, but assignments that no host needs may go, because an upkeep deletes them that runs at this interval. */
    PlacementOptions purgedBy(Admin admin, Duration upkeep) {
        Duration between = upkeep.compareTo(BETWEEN_FLOORS) < 0 ? upkeep : BETWEEN_FLOORS;
        return new PlacementOptions(
                policy, shards, interval, executor, wallClock, partitions, new DispatchEnds(admin), between);
    }
}
