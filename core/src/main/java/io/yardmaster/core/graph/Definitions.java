package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GraphStage;

/** Writes what never changes of a graph. */
final class Definitions {
    private Definitions() {}

    static void write(GraphStore store, long owner, CheckedGraph graph) {
        StateWriter writer = new StateWriter();
        StateWriter tasksOfBlocks = new StateWriter();
        StateWriter dependencies = new StateWriter();
        int stages = graph.stages().size();
        int firstTask = 0;
        for (int start = 0; start < stages; start += StageBlock.SIZE) {
            int end = Math.min(stages, start + StageBlock.SIZE);
            int first = firstTask;
            writer.reset().unsigned(end - start).unsigned(first);
            for (int stage = start; stage < end; stage++) {
                StageBlock.write(writer, graph, stage);
                GraphStage definition = graph.stages().get(stage);
                firstTask += definition.tasks();
                if (definition.payload().length > 0) {
                    store.put(owner, GraphKeys.PAYLOAD, stage, definition.payload());
                }
            }
            store.put(owner, GraphKeys.DEFINITIONS, StageBlocks.numberOf(start), writer.toBytes());
            Dependencies.write(store, owner, graph, start, end, dependencies);
            tasksOfBlocks.unsigned(firstTask - first);
        }
        if (stages > StageBlock.SIZE) {
            store.put(owner, GraphKeys.FIRST_TASKS, 0, tasksOfBlocks.toBytes());
        }
    }
}
