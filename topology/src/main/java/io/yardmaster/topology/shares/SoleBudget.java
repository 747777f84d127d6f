package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.util.Optional;

/** The budget of a shard that is the only one and has the whole dispatch window. */
public final class SoleBudget implements DispatchBudget {
    private static final Budget NONE = Budget.of(0);

    private final Capacity capacity;
    private final ShardWindow window;
    private final DrainRate drainRate = new DrainRate();
    private int granted;
    private int outstanding;

    public SoleBudget(Capacity capacity, ShardWindow window) {
        this.capacity = capacity;
        this.window = window;
    }

    @Override
    public boolean needsGroups(long now, LivePolicy live) {
        return false;
    }

    @Override
    public Budget available(long now, Demand demand) {
        if (!window.isFresh()) {
            return NONE;
        }
        outstanding = window.countOutstanding();
        drainRate.update(now, outstanding);
        granted = capacity.at(drainRate.perSecond());
        return Budget.of(Math.max(0, granted - outstanding));
    }

    @Override
    public Optional<ShareNews> used(long now, Demand demand, int made) {
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
