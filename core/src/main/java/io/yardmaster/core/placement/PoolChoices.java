package io.yardmaster.core.placement;

import java.util.Optional;

/** The operator's choices about single pools, which may change at any time: a plan goes by those that hold when it begins. */
@FunctionalInterface
public interface PoolChoices {
    /** The number of tasks that may lose their places in a minute to tasks of higher priority; 0 for none. */
    int preemptions(String pool);

    /** The choice among the hosts that have room for a task; empty: that of the {@link PlacementPolicy}. */
    default Optional<PlacementStrategy> strategy(String pool) {
        return Optional.empty();
    }
}
