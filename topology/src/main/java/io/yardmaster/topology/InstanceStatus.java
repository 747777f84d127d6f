package io.yardmaster.topology;

import io.yardmaster.topology.upkeep.Upkeep;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.GroupOffsetPoller;
import io.yardmaster.topology.window.LostOffsets;
import io.yardmaster.topology.window.PollBackoff;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How a started instance is, as of now. Safe for use by any thread. */
public final class InstanceStatus {
    private final KafkaStreams streams;
    private final DispatchWindow window;
    private final GroupOffsetPoller poller;
    private final RestoreProgress restoring;
    private final LostOffsets lostOffsets;
    private final Upkeep upkeep;

    InstanceStatus(
            KafkaStreams streams,
            DispatchWindow window,
            GroupOffsetPoller poller,
            RestoreProgress restoring,
            LostOffsets lostOffsets,
            Upkeep upkeep) {
        this.streams = streams;
        this.window = window;
        this.poller = poller;
        this.restoring = restoring;
        this.lostOffsets = lostOffsets;
        this.upkeep = upkeep;
    }

    /** Of Kafka Streams: {@code RUNNING}, {@code REBALANCING} … */
    public String state() {
        return streams.state().name();
    }

    /** False when it has failed for good, so that only a new start would help. */
    public boolean isLive() {
        return isLive(streams.state());
    }

    static boolean isLive(KafkaStreams.State state) {
        return switch (state) {
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> true;
            case PENDING_ERROR, ERROR, NOT_RUNNING -> false;
        };
    }

    /** Whether all stream tasks run, and the view of the fleet is fresh enough to dispatch. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING && window.isFresh();
    }

    /** For how long it has not been known what the execution managers have taken. */
    public Duration viewAge() {
        return window.viewAge();
    }

    /** Of the looks at the execution managers' group. */
    public PollBackoff breaker() {
        return poller.breaker();
    }

    /** Looks at the execution managers' group that failed. */
    public long failedLooks() {
        return poller.failures();
    }

    /** By dispatch partition: assignments of this instance's shards that are out and not taken. */
    public long[] outstandingByDispatchPartition() {
        return window.outstandingByPartition();
    }

    /** Dispatch partitions of which the group has lost its offset, and cannot be given it back while it has members. */
    public int lostOffsets() {
        return lostOffsets.lost();
    }

    /** Offsets that the group had lost and was given back. */
    public long restoredOffsets() {
        return lostOffsets.restored();
    }

    /** Offsets of a lane or the dispatch topic that were deleted before anybody took them, as far as this instance saw. */
    public long lostRecords(String topic) {
        return upkeep.lost(topic);
    }

    /** Assignments that the execution managers' share group gave up in the last hour. */
    public int givenUpAssignments() {
        return upkeep.givenUp();
    }

    /** Shards of which the state is being restored. */
    public int restoringPartitions() {
        return restoring.partitions();
    }

    /** Records of the changelog that are still to be read for that. */
    public long recordsToRestore() {
        return restoring.remaining();
    }

    /** The metrics of Kafka Streams and its clients. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return streams.metrics();
    }
}
