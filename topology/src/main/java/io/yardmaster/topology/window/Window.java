package io.yardmaster.topology.window;

import org.apache.kafka.common.Uuid;

/** Tells stream tasks how many of their assignments are outstanding. */
public interface Window {
    /** Opens the window of a shard for its stream task; a shard has one stream task at a time. */
    ShardWindow open(int shard);

    /** The window of a pool other than the default one; null while its topic is not known, so that nothing can be dispatched to it. */
    default Window pool(String pool) {
        return null;
    }

    /** Has a pool looked for that is not in the policy, because it may have outstanding assignments. */
    default void seek(String pool) {}

    /** A number that grows when the window of a pool comes or goes. */
    default long poolChanges() {
        return 0;
    }

    /** The group's offsets by dispatch partition, -1 where it has none; null before the first refresh. */
    default long[] taken() {
        return null;
    }

    /** Id of the dispatch topic. */
    default Uuid topic() {
        return Uuid.ZERO_UUID;
    }

    /** Tells up to where the shards have read outcomes and sessions. */
    default ReadPositions readPositions() {
        return ReadPositions.UNKNOWN;
    }

    /** Hands over the stored floor of the group's offsets; null once another instance stores it. */
    default void floor(StoredFloor stored) {}
}
