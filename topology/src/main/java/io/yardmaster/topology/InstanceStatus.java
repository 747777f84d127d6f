package io.yardmaster.topology;

import io.yardmaster.topology.pools.PoolKeeper;
import io.yardmaster.topology.upkeep.ResultsFigures;
import io.yardmaster.topology.upkeep.Upkeep;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.GroupOffsetPoller;
import io.yardmaster.topology.window.LostOffsets;
import io.yardmaster.topology.window.PollBackoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** The present status of a started instance. Safe for use by any thread. */
public final class InstanceStatus {
    private final KafkaStreams streams;
    private final DispatchWindow window;
    private final GroupOffsetPoller poller;
    private final RestoreProgress restoring;
    private final LostOffsets lostOffsets;
    private final PoolKeeper pools;
    private final Upkeep upkeep;

    InstanceStatus(
            KafkaStreams streams,
            DispatchWindow window,
            GroupOffsetPoller poller,
            RestoreProgress restoring,
            LostOffsets lostOffsets,
            PoolKeeper pools,
            Upkeep upkeep) {
        this.streams = streams;
        this.window = window;
        this.poller = poller;
        this.restoring = restoring;
        this.lostOffsets = lostOffsets;
        this.pools = pools;
        this.upkeep = upkeep;
    }

    /** State of Kafka Streams: {@code RUNNING}, {@code REBALANCING} … */
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

    /** True if all stream tasks run and the group's offsets are recent enough to dispatch. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING && window.isFresh();
    }

    /** Age of the latest refresh of the group's offsets; before the first, the time since the start. */
    public Duration offsetsAge() {
        return window.offsetsAge();
    }

    /** State of the poller of the group's offsets. */
    public PollBackoff backoff() {
        return poller.backoff();
    }

    /** Failed polls of the group's offsets. */
    public long failedPolls() {
        return poller.failures();
    }

    /** Outstanding assignments of this instance's shards, by dispatch partition. */
    public long[] outstandingByDispatchPartition() {
        return window.outstandingByPartition();
    }

    /**
     * Number of partitions of the dispatch topic and the topics of pools whose offset the group has lost and cannot be given back while
     * it has members.
     */
    public int lostOffsets() {
        return lostOffsets.lost() + pools.lostOffsets();
    }

    /** Number of offsets that the group, and those of pools, had lost and were given back. */
    public long restoredOffsets() {
        return lostOffsets.restored() + pools.restoredOffsets();
    }

    /**
     * Offsets of a lane, or of the dispatch topic and the topics of pools together, that were deleted before they were taken, as far as
     * this instance noticed.
     */
    public long lostRecords(String topic) {
        return upkeep.lost(topic);
    }

    /** Assignments that the execution managers' share group gave up in the last hour. */
    public int givenUpAssignments() {
        return upkeep.givenUp();
    }

    /** The topics that the connectors of results read. */
    public List<String> resultsTopics() {
        return upkeep.resultsTopics();
    }

    /** The lag and the losses in this topic of the connectors that write results to databases. */
    public ResultsFigures results(String topic) {
        return upkeep.results(topic);
    }

    /** Number of shards whose state is being restored. */
    public int restoringShards() {
        return restoring.shards();
    }

    /** Records of the changelog that those shards still have to read. */
    public long recordsToRestore() {
        return restoring.remaining();
    }

    /** The metrics of Kafka Streams and its clients. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return streams.metrics();
    }
}
