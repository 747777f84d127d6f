package io.yardmaster.topology.window;

import org.apache.kafka.common.Uuid;

/** Tells stream tasks how many of their assignments are outstanding. */
public interface Window {
    /** Opens the window of a shard for its stream task; a shard has one stream task at a time. */
    ShardWindow open(int shard);

    /** The group's offsets by dispatch partition, -1 where it has none; null before the first refresh. */
    default long[] taken() {
        return null;
    }

    /** Id of the dispatch topic. */
    default Uuid topic() {
        return Uuid.ZERO_UUID;
    }

    /** Hands over the stored floor of the group's offsets; null once another instance stores it. */
    default void floor(StoredFloor stored) {}
}
