package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides in each tick how many assignments one shard may make, and how much of each limit it may use. */
public interface DispatchBudget {
    /**
     * Begins a tick; returns true if {@link #available} needs the demand by resource group, which costs time for each group.
     *
     * @param live the choices by which the scheduler decides in this tick
     */
    boolean needsGroups(long now, LivePolicy live);

    /**
     * Returns the budget of a tick; called when it begins.
     *
     * @param now milliseconds of a clock that only goes forward
     */
    Budget available(long now, Demand demand);

    /**
     * Counts the assignments of a tick; called when it ends.
     *
     * @param demand that is left
     * @param limits the use of each limit, which takes time for each list of tasks that wait
     * @return news that must become durable together with the assignments, if there are any
     */
    Optional<ShareNews> used(long now, Demand demand, int made, Supplier<Map<String, LimitDemand>> limits);

    /** True if tasks waited for the window at the latest tick: in this shard or, if the window is shared, in any. */
    boolean isWanted(long now, Demand demand);

    /**
     * Maximum number of assignments that may be outstanding, as of the latest tick; 0 before the outstanding ones are
     * counted.
     */
    int granted();

    /** Outstanding assignments at the end of that tick. */
    int outstanding();
}
