package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import java.util.Map;
import java.util.TreeMap;

/**
 * A modelled fleet has no pools and no hosts: its slots run the tasks of all. Amounts that a task asks of its host are units of a limit
 * where the policy has one of that name, as {@code serve} decides when a graph is submitted; the others are dropped.
 */
final class OneFleet {
    private OneFleet() {}

    /**
     * A graph of which all stages are of the default pool.
     *
     * @param limits capacities by key
     */
    static Event.GraphSubmitted of(Event.GraphSubmitted graph, Map<String, Long> limits) {
        return graph.withStages(
                graph.stages().stream().map(stage -> of(stage, limits)).toList());
    }

    private static GraphStage of(GraphStage stage, Map<String, Long> limits) {
        if (stage.pool().isEmpty()) {
            return stage;
        }
        Map<String, Long> needs = new TreeMap<>(stage.needs());
        stage.hosts().amounts().forEach((name, amount) -> {
            if (limits.containsKey(LimitKeys.named(name))) {
                needs.put(name, amount);
            }
        });
        return stage.withNeeds(needs, "", HostDemand.NONE);
    }
}
