package io.yardmaster.topology.window;

import org.apache.kafka.common.Uuid;

/** Where a stream task learns what is out. */
public interface Window {
    /** A stream task was opened for this shard; of each there is one at a time. */
    ShardWindow open(int lane);

    /** By dispatch partition: how far the group has taken it, -1 where it has no offset; null if that is not known yet. */
    default long[] taken() {
        return null;
    }

    /** Which topic the dispatch partitions are of. */
    default Uuid topic() {
        return Uuid.ZERO_UUID;
    }

    /** What is stored of how far the group had taken them; null if it is stored elsewhere from now on. */
    default void floor(StoredFloor stored) {}
}
