package io.yardmaster.topology.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks up the lag of a share group: the number of assignments in a dispatch partition that it has not taken, whatever
 * the order. Kafka reports no lag for a partition from which the group has taken nothing; its committed assignments are
 * counted instead.
 *
 * <p>Until a member fetches again, Kafka counts markers and aborted or undecided records as lag: the window is narrower
 * for a moment, never wider.
 */
public final class ShareGroupSource implements OutstandingSource {
    private static final long REQUEST_SECONDS = 5;

    private final Admin admin;
    private final AssignmentReader reader;
    private final String group;
    private final DispatchWindow window;
    private final LostOffsets lost;
    private final List<TopicPartition> partitions;

    /** Closes the reader at the end, but not the admin client. The window must be divided. */
    public ShareGroupSource(
            Admin admin, AssignmentReader reader, String topic, String group, DispatchWindow window, LostOffsets lost) {
        this.admin = admin;
        this.reader = reader;
        this.group = group;
        this.window = window;
        this.lost = lost;
        this.partitions = IntStream.range(0, window.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    @Override
    public void refresh() throws ExecutionException, InterruptedException, TimeoutException {
        List<ShardOutstanding> shards = window.shards();
        Map<ShardOutstanding, long[]> before = new HashMap<>();
        for (ShardOutstanding shard : shards) {
            before.put(
                    shard,
                    partitions.stream()
                            .mapToLong(partition ->
                                    shard.partition(partition.partition()).end())
                            .toArray());
        }
        // The lag covers every record that was in the topic before the request.
        Map<TopicPartition, Long> lags = lags();
        for (ShardOutstanding shard : shards) {
            for (int partition : window.partitionsOf(shard.shard())) {
                shard.partition(partition).lags(before.get(shard)[partition], lags.get(partitions.get(partition)));
            }
            shard.known();
        }
        window.refreshed();
    }

    private Map<TopicPartition, Long> lags() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, SharePartitionOffsetInfo> known = known();
        Map<TopicPartition, Long> starts = starts(known);
        if (lost.mended(LostOffsets.without(partitions, starts))) {
            known = known();
            starts = starts(known);
        }
        Map<TopicPartition, Long> taken = starts;
        window.taken(partitions.stream()
                .mapToLong(partition -> taken.getOrDefault(partition, -1L))
                .toArray());
        Map<TopicPartition, Long> lags = new HashMap<>();
        List<TopicPartition> untouched = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Optional<Long> lag = Optional.ofNullable(known.get(partition)).flatMap(SharePartitionOffsetInfo::lag);
            lag.ifPresentOrElse(count -> lags.put(partition, count), () -> untouched.add(partition));
        }
        if (!untouched.isEmpty()) {
            lags.putAll(counted(untouched));
        }
        return lags;
    }

    private Map<TopicPartition, SharePartitionOffsetInfo> known()
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Offsets below which the group has taken everything. */
    private static Map<TopicPartition, Long> starts(Map<TopicPartition, SharePartitionOffsetInfo> known) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        known.forEach((partition, info) -> {
            if (info != null && info.startOffset() >= 0) {
                starts.put(partition, info.startOffset());
            }
        });
        return starts;
    }

    /** Number of committed assignments plus undecided offsets, by partition. */
    private Map<TopicPartition, Long> counted(List<TopicPartition> of)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends = ends(of, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.keySet().forEach(partition -> starts.put(partition, 0L));
        AssignmentReader.Reading reading = reader.read(starts, ends(of, IsolationLevel.READ_COMMITTED));
        Map<TopicPartition, Long> counts = new HashMap<>();
        ends.forEach((partition, end) ->
                counts.put(partition, reading.count(partition) + Math.max(0, end - reading.end(partition))));
        return counts;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> of, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicOffsets.of(admin, of, OffsetSpec.latest(), isolation, REQUEST_SECONDS);
    }

    @Override
    public void close() {
        reader.close();
    }
}
