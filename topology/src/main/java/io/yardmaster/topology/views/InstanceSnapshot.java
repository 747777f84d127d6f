package io.yardmaster.topology.views;

import io.yardmaster.topology.window.PollBackoff;
import java.util.List;

/**
 * What one instance says of itself.
 *
 * @param instance where it answers, host and port
 * @param state of Kafka Streams, in lower case
 * @param active the shards that it runs, or is about to
 * @param lanes those of them that answered in time
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

    /** State that is read from the changelog: so many records of so many. */
    public record Restoring(int partition, long restored, long total) {}

    /**
     * Its view of the execution managers' group.
     *
     * @param used by dispatch partition: assignments of its shards that are out and not taken
     */
    public record WindowState(List<Long> used, boolean fresh, long ageMs, PollBackoff breaker) {}
}
