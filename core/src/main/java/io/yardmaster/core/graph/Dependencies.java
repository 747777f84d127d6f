package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Objects;

/** The stages that each stage of a graph waits for, in the order in which it names them. Only people want to know them: scheduling follows a dependency the other way. */
final class Dependencies {
    private static final int[] NONE = {};

    private final GraphStore store;
    private final long owner;
    private int number = -1;
    private int[][] block = {};

    Dependencies(GraphStore store, long owner) {
        this.store = store;
        this.owner = owner;
    }

    /** Writes those of the stages from {@code start} to {@code end}, as of {@link CheckedGraph#before}. */
    static void write(GraphStore store, long owner, CheckedGraph graph, int start, int end, StateWriter writer) {
        writer.reset();
        boolean some = false;
        for (int stage = start; stage < end; stage++) {
            int[] before = graph.before(stage);
            some |= before.length > 0;
            writer.unsigned(before.length);
            int previous = 2 * stage;
            for (int edge : before) {
                writer.signed(edge - previous);
                previous = edge;
            }
        }
        if (some) {
            store.put(owner, GraphKeys.BEFORE, StageBlocks.numberOf(start), writer.toBytes());
        }
    }

    /** The stages that this one waits for, each twice its number, plus 1 if each task waits for one task. */
    int[] of(int stage) {
        if (number != StageBlocks.numberOf(stage)) {
            number = StageBlocks.numberOf(stage);
            block = read(stage - Graph.placeOf(stage));
        }
        int place = Graph.placeOf(stage);
        return place < block.length ? Objects.requireNonNull(block[place]) : NONE;
    }

    private int[][] read(int start) {
        byte[] stored = store.get(owner, GraphKeys.BEFORE, number);
        if (stored == null) {
            return new int[0][];
        }
        int[][] read = new int[StageBlock.SIZE][];
        StateReader reader = new StateReader(stored);
        for (int place = 0; place < read.length; place++) {
            int[] before = reader.hasMore() ? new int[reader.count()] : NONE;
            int previous = 2 * (start + place);
            for (int i = 0; i < before.length; i++) {
                previous += (int) reader.signed();
                before[i] = previous;
            }
            read[place] = before;
        }
        return read;
    }
}
