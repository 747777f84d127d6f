package io.yardmaster.core.values;

/**
 * A task that was offered and has not ended. Instances read it from each other as JSON, so its names stay.
 *
 * @param sinceMs epoch ms at which it was offered
 */
public record RunningTask(long job, int taskIndex, long sinceMs) {}
