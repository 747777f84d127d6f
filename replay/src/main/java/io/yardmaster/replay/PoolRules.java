package io.yardmaster.replay;

import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.PoolChoices;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a policy that is about tasks on hosts, without windows and rates.
 *
 * @param placed the pools that place their tasks on hosts
 * @param strategies by pool that has chosen one
 * @param preemptions how many tasks of a pool may lose their hosts in a minute to tasks of higher priority; a pool that is not named
 *     allows none
 * @param preemptible by resource group, whether its tasks may
 * @param others whether those of all other groups may
 */
public record PoolRules(
        Set<String> placed,
        Map<String, PlacementStrategy> strategies,
        Map<String, Integer> preemptions,
        Map<Long, Boolean> preemptible,
        boolean others)
        implements PoolChoices {
    /** No rules. */
    public static final PoolRules NONE = of(Map.of());

    /** Keeps copies. */
    public PoolRules {
        placed = Set.copyOf(placed);
        strategies = Map.copyOf(strategies);
        preemptions = Map.copyOf(preemptions);
        preemptible = Map.copyOf(preemptible);
    }

    /** Rules that only choose strategies. */
    public static PoolRules of(Map<String, PlacementStrategy> strategies) {
        return new PoolRules(Set.of(), strategies, Map.of(), Map.of(), false);
    }

    /**
     * For hosts that run the tasks of all pools: a choice that all pools have made which made one holds for these hosts.
     *
     * @param pool the name of these hosts
     */
    public PoolRules inOne(String pool) {
        Map<String, PlacementStrategy> strategy =
                agreed(strategies).map(chosen -> Map.of(pool, chosen)).orElse(Map.of());
        Map<String, Integer> most =
                agreed(preemptions).map(chosen -> Map.of(pool, chosen)).orElse(Map.of());
        return new PoolRules(placed, strategy, most, preemptible, others);
    }

    private static <T> Optional<T> agreed(Map<String, T> byPool) {
        Set<T> chosen = new HashSet<>(byPool.values());
        return chosen.size() == 1 ? chosen.stream().findFirst() : Optional.empty();
    }

    @Override
    public int preemptions(String pool) {
        return preemptions.getOrDefault(pool, 0);
    }

    @Override
    public Optional<PlacementStrategy> strategy(String pool) {
        return Optional.ofNullable(strategies.get(pool));
    }

    /** Returns whether tasks of a resource group may lose their hosts to tasks of higher priority. */
    public boolean isPreemptible(long group) {
        return preemptible.getOrDefault(group, others);
    }
}
