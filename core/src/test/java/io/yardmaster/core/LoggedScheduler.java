package io.yardmaster.core;

import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.view.SchedulerView;
import java.util.List;
import java.util.Map;

/** A scheduler whose decisions go to a log. */
public final class LoggedScheduler implements Subject {
    private final Scheduler scheduler;
    private final DecisionLog log;

    LoggedScheduler(Policy policy, Storage storage, long idBase, DecisionLog log) {
        this.scheduler = new Scheduler(policy, storage, idBase);
        this.log = log;
    }

    @Override
    public long session() {
        return scheduler.session();
    }

    @Override
    public void apply(Event event) {
        scheduler.apply(event).forEach(log);
    }

    @Override
    public void follow(LivePolicy live) {
        scheduler.follow(live);
    }

    @Override
    public int tick(long now, Budget budget) {
        return scheduler.tick(now, budget, log);
    }

    @Override
    public List<DispatchedTask> assignments() {
        return log.assignments();
    }

    long[] holding(long from, int most) {
        return scheduler.holding(from, most);
    }

    String poolOf(long id) {
        return scheduler.poolOf(id);
    }

    int takeOfferedInPools() {
        return scheduler.takeOfferedInPools();
    }

    long untilRate() {
        return scheduler.untilRate();
    }

    Map<String, LimitDemand> limits() {
        return scheduler.limits();
    }

    boolean hasEnded(long id) {
        return scheduler.hasEnded(id);
    }

    long changes() {
        return scheduler.changes();
    }

    void flush() {
        scheduler.flush();
    }

    SchedulerView view() {
        return scheduler.view();
    }

    Demand demand() {
        return scheduler.demand(false);
    }

    int activeJobs() {
        return demand().activeJobs();
    }

    long pendingJobs() {
        return scheduler.demand(false).pendingJobs();
    }

    long backlog() {
        return scheduler.demand(false).backlog();
    }

    double turnsPerCycle() {
        return scheduler.demand(false).turnsPerCycle();
    }

    long finalizingJobs() {
        return scheduler.view().finalizingJobs();
    }
}
