package io.yardmaster.core;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.view.SchedulerView;
import java.util.List;

/** A scheduler that is flushed after each call, and after some calls is opened anew from a copy of its storage. */
public final class RestartingScheduler implements Subject {
    private final Policy policy;
    private final int callsBetweenRestarts;
    private final DecisionLog log = new DecisionLog();
    private HeapStorage storage;
    private LoggedScheduler scheduler;
    private LivePolicy live = LivePolicy.NONE;
    private int calls;

    /** @param callsBetweenRestarts 0 for no restart */
    public RestartingScheduler(Policy policy, int callsBetweenRestarts) {
        this(policy, callsBetweenRestarts, new HeapStorage());
    }

    /** Opens the scheduler on this storage. */
    RestartingScheduler(Policy policy, int callsBetweenRestarts, HeapStorage storage) {
        this.storage = storage;
        this.policy = policy;
        this.callsBetweenRestarts = callsBetweenRestarts;
        this.scheduler = new LoggedScheduler(policy, storage, 0, log);
    }

    public DecisionLog log() {
        return log;
    }

    HeapStorage storage() {
        return storage;
    }

    public SchedulerView view() {
        return scheduler.view();
    }

    @Override
    public long session() {
        return scheduler.session();
    }

    @Override
    public void apply(Event event) {
        scheduler.apply(event);
        settle();
    }

    @Override
    public List<DispatchedTask> assignments() {
        return log.assignments();
    }

    @Override
    public void follow(LivePolicy newLive) {
        live = newLive;
        scheduler.follow(live);
    }

    @Override
    public int tick(long now, Budget budget) {
        int offered = scheduler.tick(now, budget);
        settle();
        return offered;
    }

    private void settle() {
        scheduler.flush();
        if (callsBetweenRestarts > 0 && ++calls % callsBetweenRestarts == 0) {
            storage = storage.copy();
            scheduler = new LoggedScheduler(policy, storage, 0, log);
            scheduler.follow(live);
        }
    }
}
