package io.yardmaster.topology.views;

import io.yardmaster.core.Scheduler;

/**
 * A shard as its stream thread hands it to a query, which must not keep it.
 *
 * @param now epoch ms
 * @param granted maximum number of assignments that it may have outstanding
 * @param used outstanding assignments
 */
public record ShardSnapshotSource(
        int shard, Scheduler scheduler, ShardRecord record, int granted, int used, long now) {}
