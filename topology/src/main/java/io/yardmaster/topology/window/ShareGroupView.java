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
 * Looks up the lag of a share group: what of a dispatch partition it has not taken, in whatever order it takes. Of a
 * partition that it has not taken anything from the lag is not known, and is what committed transactions brought there.
 *
 * <p>Kafka counts commit markers and what was aborted or is not decided as lag, until a member has asked for more: so the
 * window is narrower for a moment, never wider.
 */
public final class ShareGroupView implements OutstandingSource {
    private static final long REQUEST_SECONDS = 5;

    private final Admin admin;
    private final AssignmentReader reader;
    private final String group;
    private final DispatchWindow window;
    private final LostOffsets lost;
    private final List<TopicPartition> partitions;

    /** Takes over the reader; the admin client remains the caller's. The window is divided. */
    public ShareGroupView(
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
        List<ShardOutstanding> lanes = window.lanes();
        Map<ShardOutstanding, long[]> before = new HashMap<>();
        for (ShardOutstanding lane : lanes) {
            before.put(
                    lane,
                    partitions.stream()
                            .mapToLong(partition ->
                                    lane.partition(partition.partition()).end())
                            .toArray());
        }
        // Whatever was in the topic before it was asked for is in the lag.
        Map<TopicPartition, Long> lags = lags();
        for (ShardOutstanding lane : lanes) {
            for (int partition : window.partitionsOf(lane.lane())) {
                lane.partition(partition).lags(before.get(lane)[partition], lags.get(partitions.get(partition)));
            }
            lane.known();
        }
        window.looked();
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

    /** Below these all was taken. */
    private static Map<TopicPartition, Long> starts(Map<TopicPartition, SharePartitionOffsetInfo> known) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        known.forEach((partition, info) -> {
            if (info != null && info.startOffset() >= 0) {
                starts.put(partition, info.startOffset());
            }
        });
        return starts;
    }

    /** What committed transactions brought, and all that is not decided. */
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
