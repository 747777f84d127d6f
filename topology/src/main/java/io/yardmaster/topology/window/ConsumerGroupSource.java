package io.yardmaster.topology.window;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks up the offsets that a consumer group has committed. After an event that may have aborted a transaction or
 * brought a shard here, it also reads which assignments lie in the topic from those offsets on.
 */
public final class ConsumerGroupSource implements OutstandingSource {
    /** Reading undecided transactions again costs more than a refresh, and only makes the count exact. */
    private static final int REFRESHES_PER_READING = 5;

    private final DispatchLog log;
    private final DispatchWindow window;
    private final LostOffsets lost;
    private final List<TopicPartition> partitions;
    /** Shards whose count is not exact until every transaction below the barriers is decided and read. */
    private final Set<ShardOutstanding> inexact = new LinkedHashSet<>();

    private Map<TopicPartition, Long> barriers = Map.of();
    private int refreshes;

    /** Closes the log at the end. */
    public ConsumerGroupSource(DispatchLog log, String topic, DispatchWindow window, LostOffsets lost) {
        this.log = log;
        this.window = window;
        this.lost = lost;
        this.partitions = IntStream.range(0, window.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    @Override
    public void refresh() throws ExecutionException, InterruptedException, TimeoutException {
        refreshes++;
        List<ShardOutstanding> unsettled = window.takeUnsettled();
        try {
            Map<TopicPartition, Long> committed = committed();
            if (!unsettled.isEmpty()) {
                barriers = log.ends(IsolationLevel.READ_UNCOMMITTED);
                inexact.addAll(unsettled);
            }
            if (!unsettled.isEmpty() || (!inexact.isEmpty() && refreshes % REFRESHES_PER_READING == 0)) {
                settle(committed);
            }
            window.committed(partitions.stream().mapToLong(committed::get).toArray());
        } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException e) {
            window.unsettle(unsettled);
            throw e;
        }
    }

    /** Committed offsets of all dispatch partitions; 0 where the group has committed none. */
    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> found = log.committed();
        if (lost.mended(LostOffsets.without(partitions, found))) {
            found = log.committed();
        }
        Map<TopicPartition, Long> committed = new HashMap<>(found);
        window.taken(partitions.stream()
                .mapToLong(partition -> committed.getOrDefault(partition, -1L))
                .toArray());
        partitions.forEach(partition -> committed.putIfAbsent(partition, 0L));
        return committed;
    }

    /** Reads the records between the committed offsets and the barriers whose transactions are decided. */
    private void settle(Map<TopicPartition, Long> committed)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends = log.ends(IsolationLevel.READ_COMMITTED);
        barriers.forEach((partition, barrier) -> ends.merge(partition, barrier, Math::min));
        AssignmentReader.Reading reading = log.read(committed, ends);
        boolean exact = true;
        for (TopicPartition partition : partitions) {
            long decided = reading.end(partition);
            long barrier = Math.max(decided, barriers.get(partition));
            exact &= decided == barrier;
            for (ShardOutstanding shard : inexact) {
                shard.partition(partition.partition())
                        .reconcile(reading.assignments(partition, shard.shard()), decided, barrier);
            }
        }
        inexact.forEach(ShardOutstanding::read);
        if (exact) {
            inexact.clear();
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
