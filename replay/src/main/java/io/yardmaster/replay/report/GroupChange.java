package io.yardmaster.replay.report;

/**
 * The mean waiting time of a group's tasks under one policy and under another, in ms.
 *
 * @param tasks of the group
 */
public record GroupChange(long group, long tasks, long before, long after) {}
