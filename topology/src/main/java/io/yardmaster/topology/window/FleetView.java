package io.yardmaster.topology.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks up what the execution managers' group has committed and, after anything that may have aborted a transaction,
 * which assignments really are in the topic behind that.
 */
final class FleetView {
    private static final long REQUEST_SECONDS = 5;
    /** Reading what is not decided yet costs more than a look, and nothing depends on it but exactness. */
    private static final int LOOKS_PER_RECONCILIATION = 5;

    private final Admin admin;
    private final Consumer<byte[], byte[]> reader;
    private final String group;
    private final DispatchWindow window;
    private final List<TopicPartition> partitions = new ArrayList<>();
    /** Per partition, up to where the topic must be read before the count is exact again. */
    private final Map<TopicPartition, Long> barriers = new HashMap<>();

    private int looks;

    /** The reader is read_committed and in no group; it is used by the thread that calls {@link #refresh} alone. */
    FleetView(Admin admin, Consumer<byte[], byte[]> reader, String topic, String group, DispatchWindow window) {
        this.admin = admin;
        this.reader = reader;
        this.group = group;
        this.window = window;
        for (int partition = 0; partition < window.partitions(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
    }

    /** Takes one look. After an exception the window goes on with the older view until that is too old. */
    void refresh() throws ExecutionException, InterruptedException, TimeoutException {
        looks++;
        boolean reconcile = window.takeReconciliation();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(REQUEST_SECONDS, TimeUnit.SECONDS);
            if (reconcile) {
                latest(IsolationLevel.READ_UNCOMMITTED).forEach((partition, end) -> barriers.put(partition, end));
            }
            if (reconcile || (!barriers.isEmpty() && looks % LOOKS_PER_RECONCILIATION == 0)) {
                reconcile(committed);
            }
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata offset = committed.get(partition);
                if (offset != null) {
                    window.committed(partition.partition(), offset.offset());
                }
            }
            window.viewed();
        } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException e) {
            if (reconcile) {
                window.wantReconciliation();
            }
            throw e;
        }
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

    /** Reads what lies between the committed offsets and the barriers, as far as it is decided and the window is wide. */
    private void reconcile(Map<TopicPartition, OffsetAndMetadata> committed)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> decided = latest(IsolationLevel.READ_COMMITTED);
        Set<TopicPartition> behind = new HashSet<>(barriers.keySet());
        reader.assign(behind);
        Map<TopicPartition, Long> starts = reader.beginningOffsets(behind);
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, List<Long>> visible = new HashMap<>();
        for (TopicPartition partition : behind) {
            OffsetAndMetadata offset = committed.get(partition);
            long start = Math.max(starts.get(partition), offset == null ? 0 : offset.offset());
            reader.seek(partition, start);
            ends.put(partition, Math.max(start, Math.min(decided.get(partition), barriers.get(partition))));
            visible.put(partition, new ArrayList<>());
        }
        read(ends, visible);
        for (TopicPartition partition : behind) {
            long end = Math.min(ends.get(partition), reader.position(partition));
            long barrier = barriers.get(partition);
            long[] offsets =
                    visible.get(partition).stream().mapToLong(Long::longValue).toArray();
            window.reconcile(partition.partition(), offsets, end, barrier);
            if (end >= barrier) {
                barriers.remove(partition);
            }
        }
        reader.unsubscribe();
    }

    private void read(Map<TopicPartition, Long> ends, Map<TopicPartition, List<Long>> visible) {
        Set<TopicPartition> unread = new HashSet<>(ends.keySet());
        int found = 0;
        while (found <= window.capacity()) {
            unread.removeIf(partition -> reader.position(partition) >= ends.get(partition));
            if (unread.isEmpty()) {
                return;
            }
            for (var record : reader.poll(Duration.ofMillis(100))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    visible.get(partition).add(record.offset());
                    found++;
                }
            }
        }
    }
}
