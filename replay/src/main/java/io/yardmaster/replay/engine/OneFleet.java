package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import java.util.Map;
import java.util.TreeMap;

/** A modelled fleet has no pools and no hosts: its slots run the tasks of all. */
final class OneFleet {
    private OneFleet() {}

    /**
     * A graph of which all stages are of the default pool and ask nothing of hosts.
     *
     * @param limits capacities by key; the amounts of hosts with the name of such a limit are needs of it, as in {@code serve}
     */
    static Event.GraphSubmitted of(Event.GraphSubmitted graph, Map<String, Long> limits) {
        return new Event.GraphSubmitted(
                graph.group(),
                graph.job(),
                graph.session(),
                graph.priority(),
                graph.commit(),
                graph.cleanup(),
                graph.onFailure(),
                graph.stages().stream().map(stage -> stage(stage, limits)).toList(),
                graph.part(),
                graph.parts(),
                graph.readyAt(),
                graph.trace(),
                graph.name());
    }

    private static GraphStage stage(GraphStage stage, Map<String, Long> limits) {
        if (stage.hosts().isNone()) {
            return stage.inDefaultPool();
        }
        Map<String, Long> needs = new TreeMap<>(stage.hosts().amounts());
        needs.keySet().removeIf(name -> !limits.containsKey(LimitKeys.named(name)));
        needs.putAll(stage.needs());
        return new GraphStage(
                stage.name(),
                stage.tasks(),
                stage.after(),
                stage.when(),
                stage.attempts(),
                stage.backoff(),
                stage.timeout(),
                stage.priority(),
                needs,
                "",
                stage.payload());
    }
}
