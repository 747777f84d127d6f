package io.yardmaster.core.view;

import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One job in detail.
 *
 * @param runs the first runs of its queue
 * @param bufferedRuns the number of runs in its queue; in a very long queue an upper bound
 * @param finalizing the finalizing task that waits to be offered; empty if none waits
 * @param gateSince about the time, in epoch ms, at which its finalizing task was offered or storage said that it has ended;
 *     empty unless the job is finalizing and no task of it waits
 * @param gateUntil about the time, in epoch ms, at which its gate will be lifted; empty where {@code gateSince} is
 * @param ended whether storage said that the job has ended and has no cleanup task
 */
public record JobDetail(
        JobView job,
        List<Run> runs,
        long bufferedRuns,
        Optional<TaskKind> finalizing,
        OptionalLong gateSince,
        OptionalLong gateUntil,
        boolean ended) {}
