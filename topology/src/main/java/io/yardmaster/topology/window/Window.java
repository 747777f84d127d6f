package io.yardmaster.topology.window;

/** Where a stream task learns what is out. */
public interface Window {
    /** A stream task was opened for this lane partition; of each there is one at a time. */
    LaneWindow open(int lane);
}
