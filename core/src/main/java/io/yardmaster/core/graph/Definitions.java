package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GraphStage;
import java.nio.charset.StandardCharsets;

/** Writes what never changes of a graph. */
final class Definitions {
    private Definitions() {}

    /** @param name of the job; empty if it has none */
    static void write(GraphStore store, long owner, CheckedGraph graph, String name) {
        if (!name.isEmpty()) {
            store.put(owner, GraphKeys.NAME, 0, name.getBytes(StandardCharsets.UTF_8));
        }
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
                write(writer, graph, stage);
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

    /** The name of the job of a graph; empty if it has none. */
    static String name(GraphStore store, long owner) {
        byte[] stored = store.get(owner, GraphKeys.NAME, 0);
        return stored == null ? "" : new String(stored, StandardCharsets.UTF_8);
    }

    private static void write(StateWriter writer, CheckedGraph graph, int stage) {
        GraphStage definition = graph.stages().get(stage);
        boolean terms = definition.attempts() > 1
                || definition.backoff() > 0
                || definition.timeout() > 0
                || definition.payload().length > 0;
        int bits = StageBits.of(definition)
                | (terms ? StageBits.WITH_TERMS : 0)
                | (graph.isExcused(stage) ? StageBits.EXCUSED : 0)
                | (graph.isAwaited(stage) ? StageBits.AWAITED : 0);
        writer.utf8(definition.name()).unsigned(definition.tasks()).unsigned(bits);
        if (terms) {
            writer.unsigned(definition.attempts())
                    .unsigned(definition.backoff())
                    .unsigned(definition.timeout())
                    .unsigned(definition.payload().length);
        }
        if (!definition.needs().isEmpty()) {
            StageNeeds.write(writer, definition.needs());
        }
        if (!definition.pool().isEmpty()) {
            writer.utf8(definition.pool());
        }
        if (definition.priority() != 0) {
            writer.signed(definition.priority());
        }
        if (!definition.hosts().isNone()) {
            StageNeeds.writeHosts(writer, definition.hosts());
        }
        writer.unsigned(graph.barriers(stage));
        write(writer, graph.eachBefore(stage), stage);
        write(writer, graph.successors(stage), 2 * stage);
    }

    private static void write(StateWriter writer, int[] numbers, int base) {
        writer.unsigned(numbers.length);
        int previous = base;
        for (int number : numbers) {
            writer.signed(number - previous);
            previous = number;
        }
    }
}
