package io.yardmaster.topology.window;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;

/** Outstanding assignments of one shard that this instance owns, over all dispatch partitions. */
final class ShardOutstanding implements ShardWindow {
    private final DispatchWindow window;
    private final int shard;
    private final PartitionOutstanding[] partitions;

    /** By dispatch partition: outstanding at the latest count plus placed since. Used by the stream thread alone. */
    private final long[] load;

    /** Null until an outcome is read: without outcomes it is of no use. Used by the stream thread alone. */
    private PlacedPartitions placed;

    /** The dispatch partitions that this shard may place assignments in. */
    private final int[] targets;

    /** Index in {@code targets} of the partition that the next assignment goes to if all have equally few outstanding. */
    private int next;
    /** False until the topic has been read once: before, assignments that another owner dispatched are not counted. */
    private volatile boolean known;
    /** True after a reading of the topic whose assignments were not compared with the outcomes. */
    private volatile boolean readAgain;

    ShardOutstanding(DispatchWindow window, int shard) {
        this.window = window;
        this.shard = shard;
        this.partitions = IntStream.range(0, window.partitions())
                .mapToObj(partition -> new PartitionOutstanding(window.load(partition)))
                .toArray(PartitionOutstanding[]::new);
        this.load = new long[partitions.length];
        this.targets = window.partitionsOf(shard);
        // So that shards do not all begin with the same partition.
        this.next = shard % targets.length;
    }

    int shard() {
        return shard;
    }

    PartitionOutstanding partition(int partition) {
        return partitions[partition];
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public boolean isFresh() {
        return known && window.isFresh();
    }

    @Override
    public int countOutstanding() {
        for (int partition = 0; partition < partitions.length; partition++) {
            load[partition] = window.load(partition).get();
        }
        long outstanding = outstanding();
        if (placed != null) {
            placed.makeRoom(outstanding);
        }
        return (int) Math.min(Integer.MAX_VALUE, outstanding);
    }

    long outstanding() {
        long sum = 0;
        for (PartitionOutstanding partition : partitions) {
            sum += partition.outstanding();
        }
        return sum;
    }

    /**
     * Chooses the partition with the fewest outstanding, ties in turn, so that a slow reader holds up few.
     *
     * @param avoided is chosen only if there is no other
     */
    int place(long id, int avoided) {
        int best = targets[next] == avoided ? following(next) : next;
        long fewest = load[targets[best]];
        for (int i = 1, candidate = following(best); i < targets.length && fewest > 0; i++) {
            long outstanding = load[targets[candidate]];
            if (outstanding < fewest && targets[candidate] != avoided) {
                best = candidate;
                fewest = outstanding;
            }
            candidate = following(candidate);
        }
        next = following(best);
        int chosen = targets[best];
        load[chosen]++;
        partitions[chosen].sent();
        if (placed != null) {
            placed.put(id, chosen);
        }
        return chosen;
    }

    private int following(int target) {
        return target + 1 == targets.length ? 0 : target + 1;
    }

    @Override
    public Header stamp(String key, byte[] value, long id, int avoided) {
        return new ShardHeader(key, value, this, id, avoided);
    }

    @Override
    public int ended(long id) {
        if (window.countsLags()) {
            return NO_PARTITION;
        }
        if (placed == null) {
            placed = new PlacedPartitions();
        }
        int found = placed.of(id);
        if (found != NO_PARTITION) {
            return ended(id, found) ? found : NO_PARTITION;
        }
        for (int partition = 0; partition < partitions.length; partition++) {
            if (ended(id, partition)) {
                return partition;
            }
        }
        return NO_PARTITION;
    }

    private boolean ended(long id, int partition) {
        if (!partitions[partition].ended(id)) {
            return false;
        }
        load[partition] = Math.max(0, load[partition] - 1);
        return true;
    }

    @Override
    public void dropEnded(LongPredicate hasEnded) {
        if (!readAgain) {
            return;
        }
        // Before the look: a reading that comes during it causes another one.
        readAgain = false;
        for (int partition = 0; partition < partitions.length; partition++) {
            // Asked without the lock, for which the producer's thread would wait.
            for (long id : partitions[partition].ids()) {
                if (hasEnded.test(id)) {
                    ended(id, partition);
                }
            }
        }
    }

    @Override
    public long takings() {
        return window.takings();
    }

    @Override
    public long[] taken(long[] ids) {
        if (!isFresh() || readAgain) {
            return NO_IDS;
        }
        long settled = Long.MAX_VALUE;
        for (PartitionOutstanding partition : partitions) {
            settled = Math.min(settled, partition.settled());
        }
        long below = settled;
        return Arrays.stream(ids)
                .filter(id ->
                        id < below && Arrays.stream(partitions).noneMatch(partition -> partition.isAcknowledged(id)))
                .toArray();
    }

    @Override
    public boolean isTakenHandled() {
        return !window.countsLags();
    }

    /** Stops counting this shard's assignments. */
    void forget() {
        for (PartitionOutstanding partition : partitions) {
            partition.close();
        }
    }

    /** All partitions are counted. */
    void known() {
        known = true;
    }

    /** All partitions are counted anew by a reading of the topic, in which ended assignments are found again. */
    void read() {
        readAgain = true;
        known();
    }

    @Override
    public void close() {
        window.close(this);
    }
}
