package io.yardmaster.topology.window;

/** What one lane partition has dispatched and the execution managers have not taken. */
public interface LaneWindow extends AutoCloseable {
    /** Whether it has been looked up what was out when the stream task was opened. */
    boolean isKnown();

    /** Whether what is out is known, and the view of the group so fresh that there may be dispatched. */
    boolean isFresh();

    /**
     * Looks how many assignments are out: once that is known never too few; too many only for moments after a start, a
     * rebalance or an abort. What is placed afterwards goes where there were the fewest at this look.
     */
    int look();

    /** The stream task is closed: somebody else may dispatch for this lane partition from now on. */
    @Override
    void close();
}
