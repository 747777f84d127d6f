package io.yardmaster.topology.window;

import org.apache.kafka.common.header.internals.RecordHeader;

/** An assignment's header that also tells this process, when the broker has acknowledged it, of which lane it is. */
final class LaneHeader extends RecordHeader {
    private final LaneView lane;

    LaneHeader(String key, byte[] value, LaneView lane) {
        super(key, value);
        this.lane = lane;
    }

    LaneView lane() {
        return lane;
    }
}
