package io.yardmaster.topology.views;

import io.yardmaster.core.Scheduler;

/**
 * A shard as its stream thread hands it to a question, to be used before the answer only.
 *
 * @param now epoch ms
 * @param granted how many assignments it may have out
 * @param used how many are
 */
public record ShardSnapshotSource(int lane, Scheduler scheduler, ShardRecord record, int granted, int used, long now) {}
