package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The budget of a shard that is the only one and has the whole dispatch window and all limits. */
public final class SoleBudget implements DispatchBudget {
    private final Capacity capacity;
    private final ShardWindow window;
    private final DrainRate drainRate = new DrainRate();
    private LivePolicy live = LivePolicy.NONE;
    private int granted;
    private int outstanding;

    public SoleBudget(Capacity capacity, ShardWindow window) {
        this.capacity = capacity;
        this.window = window;
    }

    @Override
    public boolean needsGroups(long now, LivePolicy newLive) {
        live = newLive;
        return false;
    }

    @Override
    public Budget available(long now, Demand demand) {
        if (!window.isFresh()) {
            return budget(0);
        }
        outstanding = window.countOutstanding();
        drainRate.update(now, outstanding);
        granted = capacity.at(drainRate.perSecond());
        return budget(Math.max(0, granted - outstanding));
    }

    private Budget budget(int assignments) {
        return new Budget(assignments, Map.of(), Budget.NO_FLOOR, live.limits());
    }

    @Override
    public Optional<ShareNews> used(long now, Demand demand, int made, Supplier<Map<String, LimitDemand>> limits) {
        drainRate.made(made);
        outstanding += made;
        return Optional.empty();
    }

    @Override
    public boolean isWanted(long now, Demand demand) {
        return demand.isSomething();
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
