package io.yardmaster.topology.window;

import org.apache.kafka.common.header.internals.RecordHeader;

/** A header of an assignment that also holds the shard, so that the acknowledgement is counted for it. */
final class ShardHeader extends RecordHeader {
    private final ShardOutstanding shard;

    ShardHeader(String key, byte[] value, ShardOutstanding shard) {
        super(key, value);
        this.shard = shard;
    }

    ShardOutstanding shard() {
        return shard;
    }
}
