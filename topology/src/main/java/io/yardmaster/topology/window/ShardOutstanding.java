package io.yardmaster.topology.window;

import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;

/** Outstanding assignments of one shard that this instance owns, over all dispatch partitions. */
final class ShardOutstanding implements ShardWindow {
    private final DispatchWindow window;
    private final int shard;
    private final PartitionOutstanding[] partitions;

    /** By dispatch partition: outstanding at the latest count plus placed since. Used by the stream thread alone. */
    private final long[] load;

    /** The dispatch partitions that this shard may place assignments in. */
    private final int[] targets;

    /** Index in {@code targets} of the partition that the next assignment goes to if all have equally few outstanding. */
    private int next;
    /** False until the topic has been read once: before, assignments that another owner dispatched are not counted. */
    private volatile boolean known;

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
        return (int) Math.min(Integer.MAX_VALUE, outstanding());
    }

    long outstanding() {
        long sum = 0;
        for (PartitionOutstanding partition : partitions) {
            sum += partition.outstanding();
        }
        return sum;
    }

    /** Chooses the partition with the fewest outstanding, ties in turn, so that a slow reader holds up few. */
    int place() {
        int best = next;
        for (int i = 0, candidate = best; i < targets.length && load[targets[best]] > 0; i++) {
            if (load[targets[candidate]] < load[targets[best]]) {
                best = candidate;
            }
            candidate = candidate + 1 == targets.length ? 0 : candidate + 1;
        }
        next = best + 1 == targets.length ? 0 : best + 1;
        load[targets[best]]++;
        partitions[targets[best]].sent();
        return targets[best];
    }

    @Override
    public Header stamp(String key, byte[] value) {
        return new ShardHeader(key, value, this);
    }

    /** Stops counting this shard's assignments. */
    void forget() {
        for (PartitionOutstanding partition : partitions) {
            partition.close();
        }
    }

    void known() {
        known = true;
    }

    @Override
    public void close() {
        window.close(this);
    }
}
