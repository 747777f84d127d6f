package io.yardmaster.topology.window;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What one shard has dispatched and the execution managers have not taken. */
public interface ShardWindow extends AutoCloseable {
    /** Whether it has been looked up what was out when the stream task was opened. */
    boolean isKnown();

    /** Whether what is out is known, and the view of the group so fresh that there may be dispatched. */
    boolean isFresh();

    /**
     * Looks how many assignments are out: once that is known never too few; too many only for moments after a start, a
     * rebalance or an abort. Assignments that are sent afterwards go where there were the fewest at this look.
     */
    int look();

    /** A header for assignments, by which a window that counts them may know of which shard they are. */
    default Header stamp(String key, byte[] value) {
        return new RecordHeader(key, value);
    }

    /** The stream task is closed: somebody else may dispatch for this shard from now on. */
    @Override
    void close();
}
