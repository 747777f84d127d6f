package io.yardmaster.topology.meters;

/**
 * How things stand in one shard.
 *
 * @param session the newest, or -1 before the first event
 * @param finalizingJobs whose gate is closed, whether their last task is dispatched or not
 * @param bufferedTasks of active jobs, and finalizing tasks; not those of pending jobs
 * @param cycleTurns assignments in one cycle, as things stand
 * @param windowCapacity how many assignments it may have out; it has more while its part of the window shrinks
 * @param windowUsed how many are out
 */
public record ShardState(
        long session,
        long activeJobs,
        long pendingJobs,
        long finalizingJobs,
        long bufferedTasks,
        double cycleTurns,
        long windowCapacity,
        long windowUsed) {}
