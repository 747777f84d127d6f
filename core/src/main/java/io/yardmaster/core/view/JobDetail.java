package io.yardmaster.core.view;

import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One job, looked at closely.
 *
 * @param runs the first of its queue
 * @param bufferedRuns how many there are; in a very long queue at most so many
 * @param finalizing which finalizing task waits to be offered; empty if none does
 * @param gateSince of a job that is finalizing and of which no task waits: about when its task was offered, or when it
 *     was said to have ended, in epoch ms
 * @param gateUntil about when its gate will be lifted then, in epoch ms
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
