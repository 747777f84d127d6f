package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import java.util.Optional;

/** How many assignments one shard may make, tick by tick. */
public interface DispatchBudget {
    /** Whether {@link #available} needs to know the groups of the demand, which costs as much as there are groups. */
    boolean needsGroups(long now);

    /** To be asked at the beginning of a tick, of which the time in ms goes forward only. */
    Budget available(long now, Demand demand);

    /**
     * To be told at the end of the tick how many assignments were made, and the demand that is left.
     *
     * @return what is to become durable together with them, if there is news
     */
    Optional<ShareNews> used(long now, Demand demand, int made);

    /** Whether anything waits for room, as of the latest tick: here or, where the window is shared, anywhere. */
    boolean isWanted(long now, Demand demand);

    /** How many assignments it might have out as of the latest tick; 0 before it was known what is. */
    int granted();

    /** How many were out at the end of that tick. */
    int outstanding();
}
