package io.yardmaster.topology.window;

import org.apache.kafka.common.header.internals.RecordHeader;

/** An assignment's header that also tells this process, when the broker has acknowledged it, of which lane it is. */
final class LaneHeader extends RecordHeader {
    private final ShardOutstanding lane;

    LaneHeader(String key, byte[] value, ShardOutstanding lane) {
        super(key, value);
        this.lane = lane;
    }

    ShardOutstanding lane() {
        return lane;
    }
}
