package io.yardmaster.topology.shares;

import io.yardmaster.scheduling.Scheduler;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.LaneWindow;

/** Of a lane partition that is the only one: all of the dispatch window is its own. */
public final class WholeWindow implements Allowance {
    private final Capacity capacity;
    private final LaneWindow window;
    private final Taken taken = new Taken();
    private int granted;
    private int outstanding;

    public WholeWindow(Capacity capacity, LaneWindow window) {
        this.capacity = capacity;
        this.window = window;
    }

    @Override
    public int room(long now, Scheduler scheduler) {
        if (!window.isFresh()) {
            return 0;
        }
        outstanding = window.look();
        taken.look(now, outstanding);
        granted = capacity.at(taken.perSecond());
        return Math.max(0, granted - outstanding);
    }

    @Override
    public void spent(long now, Scheduler scheduler, int made) {
        taken.made(made);
        outstanding += made;
    }

    @Override
    public boolean isWanted(long now, Scheduler scheduler) {
        return scheduler.backlog() + scheduler.pendingJobs() > 0;
    }

    @Override
    public int granted() {
        return granted;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }
}
