package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Slots of a modelled fleet run the tasks of all pools but those that have hosts of their own; and so do hosts that are of no pool. Amounts
 * that a task asks of its host are units of a limit where the policy has one of that name, as {@code serve} decides when a graph is
 * submitted; those that no host of such a fleet has are dropped.
 */
final class OneFleet {
    private OneFleet() {}

    /**
     * A graph of which all stages are of the default pool, or of pools with hosts of their own.
     *
     * @param limits capacities by key
     * @param hosts of the fleet; without any, demands on them are dropped
     */
    static Event.GraphSubmitted of(Event.GraphSubmitted graph, Map<String, Long> limits, Optional<ModelHosts> hosts) {
        return graph.withStages(
                graph.stages().stream().map(stage -> of(stage, limits, hosts)).toList());
    }

    private static GraphStage of(GraphStage stage, Map<String, Long> limits, Optional<ModelHosts> hosts) {
        if (stage.pool().isEmpty()) {
            return stage;
        }
        Map<String, Long> needs = new TreeMap<>(stage.needs());
        Map<String, Long> amounts = new TreeMap<>();
        HostDemand asked = stage.hosts();
        Predicate<String> isAmount = hosts.<Predicate<String>>map(fleet -> name -> fleet.decides(stage.pool(), name))
                .orElse(name -> false);
        asked.amounts().forEach((name, amount) -> {
            if (limits.containsKey(LimitKeys.named(name))) {
                needs.put(name, amount);
            } else if (isAmount.test(name)) {
                amounts.put(name, amount);
            }
        });
        boolean isPlaced = hosts.map(fleet -> fleet.takes(stage.pool())).orElse(false);
        HostDemand demand = isPlaced ? new HostDemand(amounts, asked.labels(), asked.gang()) : HostDemand.NONE;
        boolean ownHosts =
                hosts.map(fleet -> fleet.pools().contains(stage.pool())).orElse(false);
        return stage.withNeeds(needs, ownHosts ? stage.pool() : "", demand);
    }
}
