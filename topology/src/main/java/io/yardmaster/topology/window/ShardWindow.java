package io.yardmaster.topology.window;

import java.util.function.LongPredicate;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The outstanding assignments of one shard. */
public interface ShardWindow extends AutoCloseable {
    /** Stands for the dispatch partition of an assignment that is not known, or for none that is to be avoided. */
    int NO_PARTITION = -1;

    /** The ids of no assignment. */
    long[] NO_IDS = {};

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

    /**
     * A header for one assignment, by which the window knows the assignment and its shard.
     *
     * @param id of the assignment, 0 or more
     * @param avoided a dispatch partition to which the assignment goes only if this shard has no other, because an execution
     *     manager there has refused it (O7); {@link #NO_PARTITION} if it may go to any
     */
    default Header stamp(String key, byte[] value, long id, int avoided) {
        return new RecordHeader(key, value);
    }

    /**
     * Stops counting an assignment of this shard, because its outcome was read and counted. Called by the stream thread.
     *
     * @return the dispatch partition where it lay; {@link #NO_PARTITION}, and nothing changes, if it is not known here: it
     *     is committed, or ended before, or the group is a share group
     */
    default int ended(long id) {
        return NO_PARTITION;
    }

    /**
     * Stops counting the assignments that have ended, after a reading of the topic in which they were found again. Called by
     * the stream thread in each tick: it asks for the id of each outstanding assignment if there was a reading since the
     * last call, and else does nothing.
     *
     * @param hasEnded true for the id of an assignment whose outcome was counted
     */
    default void dropEnded(LongPredicate hasEnded) {}

    /** A number that grows when the group has taken assignments. */
    default long takings() {
        return 0;
    }

    /**
     * Returns those of these assignments of this shard that the group has certainly taken. Called by
     * the stream thread.
     *
     * @param ids of assignments that this stream task, or an owner before it, has sent
     */
    default long[] taken(long[] ids) {
        return NO_IDS;
    }

    /** Returns whether {@link #taken} says of each assignment that somebody has handled it. A share group gives some up unhandled. */
    default boolean isTakenHandled() {
        return true;
    }

    /** The stream task is closed: another owner may dispatch for this shard from now on. */
    @Override
    void close();
}
