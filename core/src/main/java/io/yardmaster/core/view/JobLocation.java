package io.yardmaster.core.view;

import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job and its place in a shard: all that a shard knows of why the job waits.
 *
 * @param positionExact whether the position is exact, as {@link JobView#exact} says
 * @param finalizing which finalizing task waits to be offered; empty if none does
 * @param gateSinceMs of a job that is finalizing and of which no task waits: about when its task was offered, or when
 *     storage said that the job has ended, in epoch ms
 * @param gateUntilMs about when its gate will be lifted then, in epoch ms
 * @param ended whether storage said that the job has ended and has no cleanup task
 * @param cancelled whether a command cancelled it
 * @param pausedSinceMs about when a command paused it, in epoch ms; empty if it is not paused
 * @param places how many jobs can be active in the shard
 * @param placesTaken how many are
 * @param parked those of its waiting tasks that wait for a limit, also for their turn among others that need the same
 * @param limit the first limit for which one of them waits; empty if all of it that they need is there
 * @param tasksBefore waiting tasks of active jobs with a higher priority than this active or pending one
 */
public record JobLocation(
        JobDetail detail,
        boolean positionExact,
        Optional<TaskKind> finalizing,
        OptionalLong gateSinceMs,
        OptionalLong gateUntilMs,
        boolean ended,
        boolean cancelled,
        OptionalLong pausedSinceMs,
        int places,
        int placesTaken,
        long parked,
        Optional<LimitWait> limit,
        long tasksBefore) {

    public JobView view() {
        return detail.view();
    }

    /** True if a task of the job waits to be offered. */
    public boolean waits() {
        return finalizing.isPresent() || view().bufferedTasks() > 0;
    }

    /** The same job in this shard, where this happened to it. */
    public JobLocation in(int shard, List<HistoryEntry> history) {
        return new JobLocation(
                new JobDetail(view().in(shard), detail.runs(), detail.bufferedRuns(), detail.graph(), history),
                positionExact,
                finalizing,
                gateSinceMs,
                gateUntilMs,
                ended,
                cancelled,
                pausedSinceMs,
                places,
                placesTaken,
                parked,
                limit,
                tasksBefore);
    }
}
