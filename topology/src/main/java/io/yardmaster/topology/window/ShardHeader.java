package io.yardmaster.topology.window;

import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A header of one assignment that also holds its shard and its id, so that the acknowledgement is counted there, and the
 * partition that it must not go to.
 */
final class ShardHeader extends RecordHeader {
    private final ShardOutstanding shard;
    private final long id;
    private final int avoided;

    ShardHeader(String key, byte[] value, ShardOutstanding shard, long id, int avoided) {
        super(key, value);
        this.shard = shard;
        this.id = id;
        this.avoided = avoided;
    }

    ShardOutstanding shard() {
        return shard;
    }

    long id() {
        return id;
    }

    /** A dispatch partition, or {@link ShardWindow#NO_PARTITION}. */
    int avoided() {
        return avoided;
    }
}
