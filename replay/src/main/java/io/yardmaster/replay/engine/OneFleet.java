package io.yardmaster.replay.engine;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.PoolRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives the tasks of graphs to the pools that a modelled fleet has. Amounts that a task asks of its host are units of a limit where the
 * policy has one of that name. Units that it needs of a limit that the policy does not have are amounts of its host, if the policy places
 * the pool on hosts. So {@code serve} decides when a graph is submitted.
 */
final class OneFleet {
    private final FleetPools pools;
    private final PoolRules rules;
    private final Optional<ModelHosts> hosts;

    OneFleet(FleetPools pools, PoolRules rules, Optional<ModelHosts> hosts) {
        this.pools = pools;
        this.rules = rules;
        this.hosts = hosts;
    }

    /**
     * A graph of which each stage is of a pool of the fleet, or of the default pool.
     *
     * @param limits capacities by key
     */
    Event.GraphSubmitted of(Event.GraphSubmitted graph, Map<String, Long> limits) {
        return graph.withStages(
                graph.stages().stream().map(stage -> of(stage, limits)).toList());
    }

    private GraphStage of(GraphStage stage, Map<String, Long> limits) {
        String pool = stage.pool();
        if (pool.isEmpty()) {
            return stage;
        }
        Map<String, Long> needs = new TreeMap<>(stage.needs());
        Map<String, Long> asked = new HashMap<>(stage.hosts().amounts());
        if (pools.hasHosts(pool) && rules.placed().contains(pool)) {
            stage.needs().forEach((name, amount) -> {
                if (!limits.containsKey(LimitKeys.named(name))) {
                    needs.remove(name);
                    asked.put(name, amount);
                }
            });
        }
        Map<String, Long> amounts = new TreeMap<>();
        asked.forEach((name, amount) -> {
            if (limits.containsKey(LimitKeys.named(name))) {
                needs.put(name, amount);
            } else if (pools.hasHosts(pool) && hosts.orElseThrow().decides(name)) {
                amounts.put(name, amount);
            }
        });
        HostDemand demand = pools.hasHosts(pool)
                ? new HostDemand(amounts, stage.hosts().labels(), stage.hosts().gang())
                : HostDemand.NONE;
        return stage.withNeeds(needs, runsIn(pool, demand, limits), demand);
    }

    /** The pool as the scheduler knows it; empty for the default one. */
    private String runsIn(String pool, HostDemand demand, Map<String, Long> limits) {
        if (pools.hasSlots(pool) || pools.hosted().contains(pool)) {
            return pool;
        }
        boolean isPlaced =
                pools.haveCommonHosts() && (!demand.isNone() || rules.placed().contains(pool));
        return !isPlaced ? "" : limits.containsKey(LimitKeys.ofPool(pool)) ? pool : FleetPools.COMMON;
    }

    /** Returns whether a task of such a graph is to run on a host. */
    boolean isPlaced(DispatchedTask task) {
        return task.kind() == TaskKind.TASK && !task.pool().isEmpty() && !pools.hasSlots(task.pool());
    }
}
