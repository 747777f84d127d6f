package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;

/** A modelled fleet has no pools: its slots run the tasks of all. */
final class OneFleet {
    private OneFleet() {}

    /** A graph of which all stages are of the default pool. */
    static Event.GraphSubmitted of(Event.GraphSubmitted graph) {
        return new Event.GraphSubmitted(
                graph.group(),
                graph.job(),
                graph.session(),
                graph.priority(),
                graph.commit(),
                graph.cleanup(),
                graph.onFailure(),
                graph.stages().stream().map(GraphStage::inDefaultPool).toList(),
                graph.part(),
                graph.parts(),
                graph.readyAt(),
                graph.trace(),
                graph.name());
    }
}
