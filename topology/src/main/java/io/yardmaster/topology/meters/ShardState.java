package io.yardmaster.topology.meters;

/**
 * The state of one shard, for its meters.
 *
 * @param session the newest, or -1 before the first event
 * @param finalizingJobs jobs whose gate is closed, with or without a dispatched finalizing task
 * @param pausedJobs jobs that wait for a command
 * @param pausedTasks tasks of paused jobs that wait, regular and finalizing ones
 * @param refusedTasks tasks that an execution manager refused and that wait to be offered again
 * @param bufferedTasks tasks of active jobs, and finalizing tasks; not those of pending or paused jobs
 * @param cycleTurns assignments in one cycle with the present jobs
 * @param windowCapacity maximum number of assignments that it may have outstanding; it has more while its part of the
 *     window shrinks
 * @param windowUsed outstanding assignments
 */
public record ShardState(
        long session,
        long activeJobs,
        long pendingJobs,
        long finalizingJobs,
        long pausedJobs,
        long pausedTasks,
        long refusedTasks,
        long bufferedTasks,
        double cycleTurns,
        long windowCapacity,
        long windowUsed) {}
