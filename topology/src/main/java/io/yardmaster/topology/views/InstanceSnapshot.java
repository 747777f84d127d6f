package io.yardmaster.topology.views;

import io.yardmaster.topology.window.PollBackoff;
import java.util.List;

/**
 * One instance at a glance. Other instances read it as JSON, also those of other versions, so its names stay.
 *
 * @param instance host and port at which it answers
 * @param state of Kafka Streams, in lower case
 * @param active the shards that it runs, or is about to run
 * @param lanes the shards that answered in time
 */
public record InstanceSnapshot(
        String instance,
        String version,
        String applicationId,
        long upSinceMs,
        String state,
        List<Integer> active,
        List<Integer> standby,
        List<Restoring> restoring,
        WindowState window,
        List<ShardSummary> lanes,
        List<Rate> rates) {

    /** A shard whose state is being read from the changelog: {@code restored} of {@code total} records. */
    public record Restoring(int partition, long restored, long total) {}

    /**
     * The dispatch window of the instance.
     *
     * @param used outstanding assignments of its shards, by dispatch partition
     * @param fresh true if the group's offsets are recent enough to dispatch
     * @param ageMs age of the group's offsets
     */
    public record WindowState(List<Long> used, boolean fresh, long ageMs, PollBackoff breaker) {}
}
