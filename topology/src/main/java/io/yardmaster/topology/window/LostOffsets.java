package io.yardmaster.topology.window;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the execution managers' group its offsets back when they were deleted or have expired. A member that joined a
 * group without offsets would begin with the oldest kept assignment and run all of them again. A new group is given the
 * beginning of the topic in the same way. See decision 26.
 *
 * <p>Only the instance with shard 0 does so, because it has the {@link StoredFloor}. The polling thread calls it; the
 * counts may be read by any thread.
 */
public final class LostOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(LostOffsets.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final GroupOffsets offsets;
    private final String group;
    private final DispatchWindow window;
    private final LongSupplier nanoTime;
    private Set<TopicPartition> tried = Set.of();
    private long triedAt;
    private volatile int lost;
    private volatile long restored;

    public LostOffsets(GroupOffsets offsets, String group, DispatchWindow window, LongSupplier nanoTime) {
        this.offsets = offsets;
        this.group = group;
        this.window = window;
        this.nanoTime = nanoTime;
    }

    /** The partitions without an entry in {@code found}. */
    static Set<TopicPartition> without(List<TopicPartition> partitions, Map<TopicPartition, Long> found) {
        return found.keySet().containsAll(partitions)
                ? Set.of()
                : partitions.stream()
                        .filter(partition -> !found.containsKey(partition))
                        .collect(Collectors.toSet());
    }

    /** Number of dispatch partitions whose offset the group has lost and cannot be given back while it has members. */
    public int lost() {
        return lost;
    }

    /** Number of offsets that were given back. */
    public long restored() {
        return restored;
    }

    /**
     * Gives the group offsets for the partitions in which it has none; tries at most every few seconds.
     *
     * @return true if the group has offsets now and they should be read again
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the polling thread writes it
    boolean mended(Set<TopicPartition> without) throws ExecutionException, InterruptedException, TimeoutException {
        StoredFloor floor = window.floor();
        if (without.isEmpty() || floor == null) {
            lost = 0;
            tried = Set.of();
            return false;
        }
        if (without.equals(tried) && nanoTime.getAsLong() - triedAt < RETRY_NANOS) {
            return false;
        }
        tried = Set.copyOf(without);
        triedAt = nanoTime.getAsLong();
        Uuid topic = offsets.topic();
        Map<TopicPartition, Long> wanted = offsets.starts(without);
        int had = 0;
        for (TopicPartition partition : without) {
            long taken = floor.of(topic, partition.partition());
            had += taken > 0 ? 1 : 0;
            wanted.merge(partition, taken, Math::max);
        }
        boolean put = offsets.put(wanted);
        if (put) {
            restored += had;
        }
        log(had, put);
        lost = put ? 0 : had;
        return put;
    }

    private void log(int had, boolean put) {
        if (had == 0) {
            LOG.debug("group {} has no offsets yet, was given some: {}", group, put);
        } else if (put) {
            LOG.warn("group {} had lost its offsets of {} dispatch partition(s), and was given them back", group, had);
        } else if (lost == 0) {
            LOG.error(
                    "group {} has lost its offsets of {} dispatch partition(s) and has members, which take again what was"
                            + " taken before: stop all of them, and the group is given its offsets back",
                    group,
                    had);
        }
    }
}
