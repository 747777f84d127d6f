package io.yardmaster.core.values;

import java.util.OptionalLong;

/**
 * A task of a graph whose latest attempt that ended has failed or was killed, in the API under these names.
 *
 * @param task its index in the job
 * @param stage the number of its stage
 * @param attempt the number of that attempt, from 0
 * @param killed whether it was killed; otherwise it failed
 * @param endedAtMs the time that the execution manager gave, in epoch ms
 * @param reason of the outcome; empty if it gave none
 * @param last whether the task has ended, so that no further attempt follows
 * @param retryAtMs about when the back-off before the next attempt ends or ended, in epoch ms; empty if there is none
 */
public record TaskFailure(
        int task,
        int stage,
        String stageName,
        int attempt,
        boolean killed,
        long endedAtMs,
        String reason,
        boolean last,
        OptionalLong retryAtMs) {}
