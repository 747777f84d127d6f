package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A modelled fleet has no pools: its slots, or its hosts, run the tasks of all. Amounts that a task asks of its host are units of a limit
 * where the policy has one of that name, as {@code serve} decides when a graph is submitted; those that no host of the fleet has are dropped.
 */
final class OneFleet {
    private OneFleet() {}

    /**
     * A graph of which all stages are of the default pool.
     *
     * @param limits capacities by key
     * @param resources that hosts of the fleet have; empty if it has no hosts, so that demands on them are dropped
     */
    static Event.GraphSubmitted of(
            Event.GraphSubmitted graph, Map<String, Long> limits, Optional<Set<String>> resources) {
        return graph.withStages(graph.stages().stream()
                .map(stage -> of(stage, limits, resources))
                .toList());
    }

    private static GraphStage of(GraphStage stage, Map<String, Long> limits, Optional<Set<String>> resources) {
        if (stage.pool().isEmpty()) {
            return stage;
        }
        Map<String, Long> needs = new TreeMap<>(stage.needs());
        Map<String, Long> amounts = new TreeMap<>();
        HostDemand asked = stage.hosts();
        asked.amounts().forEach((name, amount) -> {
            if (limits.containsKey(LimitKeys.named(name))) {
                needs.put(name, amount);
            } else if (resources.isPresent() && resources.get().contains(name)) {
                amounts.put(name, amount);
            }
        });
        HostDemand demand =
                resources.isPresent() ? new HostDemand(amounts, asked.labels(), asked.gang()) : HostDemand.NONE;
        return stage.withNeeds(needs, "", demand);
    }
}
