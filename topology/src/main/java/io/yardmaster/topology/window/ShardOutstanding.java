package io.yardmaster.topology.window;

import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;

/** What is out of one shard that this instance owns, over all dispatch partitions. */
final class ShardOutstanding implements ShardWindow {
    private final DispatchWindow window;
    private final int lane;
    private final PartitionOutstanding[] partitions;

    /** By partition: what was out at the latest look, and was placed since. Used by the stream thread alone. */
    private final long[] load;

    /** The partitions that it may place assignments in. */
    private final int[] open;

    /** An index in them: where the next assignment goes if there is as little out everywhere. */
    private int next;
    /** Whether the topic has been read since it was opened: before, what others dispatched for it is not known. */
    private volatile boolean known;

    ShardOutstanding(DispatchWindow window, int lane) {
        this.window = window;
        this.lane = lane;
        this.partitions = IntStream.range(0, window.partitions())
                .mapToObj(partition -> new PartitionOutstanding(window.load(partition)))
                .toArray(PartitionOutstanding[]::new);
        this.load = new long[partitions.length];
        this.open = window.partitionsOf(lane);
        // So that lanes do not all begin with the same partition.
        this.next = lane % open.length;
    }

    int lane() {
        return lane;
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
    public int look() {
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

    /** The partition with the fewest out, ties in turn, so that a slow reader holds up little. */
    int place() {
        int best = next;
        for (int i = 0, candidate = best; i < open.length && load[open[best]] > 0; i++) {
            if (load[open[candidate]] < load[open[best]]) {
                best = candidate;
            }
            candidate = candidate + 1 == open.length ? 0 : candidate + 1;
        }
        next = best + 1 == open.length ? 0 : best + 1;
        load[open[best]]++;
        partitions[open[best]].sent();
        return open[best];
    }

    @Override
    public Header stamp(String key, byte[] value) {
        return new LaneHeader(key, value, this);
    }

    /** Of what was dispatched here nothing counts any more. */
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
