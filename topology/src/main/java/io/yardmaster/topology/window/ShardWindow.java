package io.yardmaster.topology.window;

import java.util.function.LongPredicate;
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

    /** A header for one assignment that shall go to another dispatch partition than this one, if it may go to several. */
    default Header stamp(String key, byte[] value, int avoidedPartition) {
        return stamp(key, value);
    }

    /**
     * Stops counting an assignment that has ended.
     *
     * @return its dispatch partition; -1 if it is not known
     */
    default int ended(long assignmentId) {
        return -1;
    }

    /** Stops counting the assignments that have ended, if some of them may be counted because the topic was read. */
    default void dropEnded(LongPredicate hasEnded) {}

    /** The stream task is closed: another owner may dispatch for this shard from now on. */
    @Override
    void close();
}
