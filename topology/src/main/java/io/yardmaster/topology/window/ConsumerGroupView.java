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
 * Looks up what a consumer group has committed and, after anything that may have aborted a transaction or brought a lane
 * partition here, which assignments really are in the topic behind that.
 */
public final class ConsumerGroupView implements OutstandingSource {
    /** Reading what is not decided yet costs more than a look, and nothing depends on it but exactness. */
    private static final int LOOKS_PER_READING = 5;

    private final DispatchLog log;
    private final DispatchWindow window;
    private final LostOffsets lost;
    private final List<TopicPartition> partitions;
    /** Lanes whose count is not exact, until everything below the barriers is decided and read. */
    private final Set<ShardOutstanding> inexact = new LinkedHashSet<>();

    private Map<TopicPartition, Long> barriers = Map.of();
    private int looks;

    /** Takes over the log, and closes it. */
    public ConsumerGroupView(DispatchLog log, String topic, DispatchWindow window, LostOffsets lost) {
        this.log = log;
        this.window = window;
        this.lost = lost;
        this.partitions = IntStream.range(0, window.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    @Override
    public void refresh() throws ExecutionException, InterruptedException, TimeoutException {
        looks++;
        List<ShardOutstanding> unsettled = window.takeUnsettled();
        try {
            Map<TopicPartition, Long> committed = committed();
            if (!unsettled.isEmpty()) {
                barriers = log.ends(IsolationLevel.READ_UNCOMMITTED);
                inexact.addAll(unsettled);
            }
            if (!unsettled.isEmpty() || (!inexact.isEmpty() && looks % LOOKS_PER_READING == 0)) {
                settle(committed);
            }
            window.committed(partitions.stream().mapToLong(committed::get).toArray());
        } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException e) {
            window.unsettle(unsettled);
            throw e;
        }
    }

    /** 0 where the group has committed nothing. */
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

    /** Reads what lies between the committed offsets and the barriers, as far as it is decided. */
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
            for (ShardOutstanding lane : inexact) {
                long[] visible = reading.offsets(partition, lane.lane());
                lane.partition(partition.partition()).reconcile(visible, decided, barrier);
            }
        }
        inexact.forEach(ShardOutstanding::known);
        if (exact) {
            inexact.clear();
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
