package io.yardmaster.topology.meters;

import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitUse;
import java.util.List;

/**
 * The state of one shard, for its meters.
 *
 * @param session the newest, or -1 before the first event
 * @param finalizingJobs jobs whose gate is closed, with or without a dispatched finalizing task
 * @param pausedJobs jobs that wait for a command
 * @param pausedTasks tasks of paused jobs that wait, regular and finalizing ones
 * @param refusedTasks tasks that an execution manager refused and that wait to be offered again
 * @param parkedTasks tasks that wait for limits
 * @param bufferedTasks tasks of active jobs, and finalizing tasks; not those of pending or paused jobs
 * @param cycleTurns assignments in one cycle with the present jobs
 * @param windowCapacity maximum number of assignments that it may have outstanding; it has more while its part of the
 *     window shrinks
 * @param windowUsed outstanding assignments
 * @param limits the use of each limit, without the groups that hold it
 * @param shares what groups have had of the limits; of the {@value #MOST_SHARES} that have had the most
 */
public record ShardState(
        long session,
        long activeJobs,
        long pendingJobs,
        long finalizingJobs,
        long pausedJobs,
        long pausedTasks,
        long refusedTasks,
        long parkedTasks,
        long bufferedTasks,
        double cycleTurns,
        long windowCapacity,
        long windowUsed,
        List<LimitUse> limits,
        List<GroupShare> shares) {
    /** The most groups whose shares a shard tells. */
    public static final int MOST_SHARES = 100;
}
