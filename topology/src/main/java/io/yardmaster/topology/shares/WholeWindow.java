package io.yardmaster.topology.shares;

import io.yardmaster.scheduling.Scheduler;
import io.yardmaster.topology.window.LaneWindow;

/** Of a lane partition that is the only one: all of the dispatch window is its own. */
public final class WholeWindow implements Allowance {
    private final int capacity;
    private final LaneWindow window;

    public WholeWindow(int capacity, LaneWindow window) {
        this.capacity = capacity;
        this.window = window;
    }

    @Override
    public int room(long now, Scheduler scheduler) {
        return window.isFresh() ? Math.max(0, capacity - window.look()) : 0;
    }

    @Override
    public void spent(long now, Scheduler scheduler, int made) {}
}
