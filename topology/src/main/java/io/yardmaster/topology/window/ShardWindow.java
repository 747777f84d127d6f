package io.yardmaster.topology.window;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The outstanding assignments of one shard. */
public interface ShardWindow extends AutoCloseable {
    /** True once the assignments that were outstanding when the stream task was opened are counted. */
    boolean isKnown();

    /** True if {@link #isKnown} and the group's offsets are recent enough to dispatch. */
    boolean isFresh();

    /**
     * Counts the outstanding assignments: once {@link #isKnown}, never too few; too many only for moments after a
     * start, a rebalance or an abort. Assignments that are sent afterwards go to the partitions with the fewest at this
     * count.
     */
    int countOutstanding();

    /** A header for assignments, by which the window knows the shard that an assignment belongs to. */
    default Header stamp(String key, byte[] value) {
        return new RecordHeader(key, value);
    }

    /** The stream task is closed: another owner may dispatch for this shard from now on. */
    @Override
    void close();
}
