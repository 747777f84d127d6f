package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.PoolChoices;
import java.util.Map;
import java.util.Optional;

/**
 * The choices about pools in virtual time, in which nobody loses a place to others.
 *
 * @param byPool the strategies of pools that have chosen one
 */
public record ChosenStrategies(Map<String, PlacementStrategy> byPool) implements PoolChoices {
    @Override
    public int preemptions(String pool) {
        return 0;
    }

    @Override
    public Optional<PlacementStrategy> strategy(String pool) {
        return Optional.ofNullable(byPool.get(pool));
    }
}
