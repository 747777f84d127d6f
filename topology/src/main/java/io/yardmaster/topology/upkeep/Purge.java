package io.yardmaster.topology.upkeep;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes taken records some time after they were written. It never deletes at or above the offset that the group has
 * committed, so no record is lost even if several instances delete, or one that knows only an old offset.
 */
final class Purge {
    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

    private final Admin admin;
    private final TakenPositions positions;
    private final Duration keep;
    private final LongSupplier wallClock;

    /** @param keep least age of deleted records, by their timestamps; zero deletes taken records at once */
    Purge(Admin admin, TakenPositions positions, Duration keep, LongSupplier wallClock) {
        this.admin = admin;
        this.positions = positions;
        this.keep = keep;
        this.wallClock = wallClock;
    }

    /**
     * Deletes once.
     *
     * @param taken offsets that the groups have committed
     * @param starts first offsets of these partitions
     */
    void run(Map<TopicPartition, Long> taken, Map<TopicPartition, Long> starts)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> candidates = new HashMap<>(taken);
        candidates.values().removeIf(offset -> offset <= 0);
        candidates.keySet().removeIf(partition -> taken.get(partition) <= starts.getOrDefault(partition, 0L));
        if (candidates.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> young = keep.isZero()
                ? Map.of()
                : positions.offsets(
                        candidates.keySet(), OffsetSpec.forTimestamp(wallClock.getAsLong() - keep.toMillis()));
        Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
        candidates.forEach((partition, offset) -> {
            long firstYoung = young.getOrDefault(partition, -1L);
            long end = firstYoung < 0 ? offset : Math.min(offset, firstYoung);
            if (end > starts.getOrDefault(partition, 0L)) {
                deletions.put(partition, RecordsToDelete.beforeOffset(end));
            }
        });
        if (!deletions.isEmpty()) {
            TakenPositions.answer(admin.deleteRecords(deletions).all());
            LOG.debug("deleted what was taken: {}", deletions);
        }
    }
}
