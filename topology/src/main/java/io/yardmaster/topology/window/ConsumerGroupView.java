package io.yardmaster.topology.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks up what a consumer group has committed and, after anything that may have aborted a transaction or brought a lane
 * partition here, which assignments really are in the topic behind that.
 */
public final class ConsumerGroupView implements FleetView {
    private static final long REQUEST_SECONDS = 5;
    /** Reading what is not decided yet costs more than a look, and nothing depends on it but exactness. */
    private static final int LOOKS_PER_READING = 5;

    private final Admin admin;
    private final AssignmentReader reader;
    private final String group;
    private final DispatchWindow window;
    private final List<TopicPartition> partitions = new ArrayList<>();
    /** Lanes whose count is not exact, until everything below the barriers is decided and read. */
    private final Set<LaneView> inexact = new LinkedHashSet<>();

    private Map<TopicPartition, Long> barriers = Map.of();
    private int looks;

    /** Takes over the reader; the admin client remains the caller's. */
    public ConsumerGroupView(Admin admin, AssignmentReader reader, String topic, String group, DispatchWindow window) {
        this.admin = admin;
        this.reader = reader;
        this.group = group;
        this.window = window;
        for (int partition = 0; partition < window.partitions(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
    }

    @Override
    public void refresh() throws ExecutionException, InterruptedException, TimeoutException {
        looks++;
        List<LaneView> unsettled = window.takeUnsettled();
        try {
            Map<TopicPartition, Long> committed = committed();
            if (!unsettled.isEmpty()) {
                barriers = latest(IsolationLevel.READ_UNCOMMITTED);
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

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> found = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = found.get(partition);
            committed.put(partition, offset == null ? 0 : offset.offset());
        }
        return committed;
    }

    private Map<TopicPartition, Long> latest(IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(wanted, new ListOffsetsOptions(isolation))
                .all()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Reads what lies between the committed offsets and the barriers, as far as it is decided. */
    private void settle(Map<TopicPartition, Long> committed)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends = latest(IsolationLevel.READ_COMMITTED);
        barriers.forEach((partition, barrier) -> ends.merge(partition, barrier, Math::min));
        AssignmentReader.Reading reading = reader.read(committed, ends);
        boolean exact = true;
        for (TopicPartition partition : partitions) {
            long decided = reading.end(partition);
            long barrier = Math.max(decided, barriers.get(partition));
            exact &= decided == barrier;
            for (LaneView lane : inexact) {
                long[] visible = reading.offsets(partition, lane.lane());
                lane.partition(partition.partition()).reconcile(visible, decided, barrier);
            }
        }
        inexact.forEach(LaneView::known);
        if (exact) {
            inexact.clear();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
