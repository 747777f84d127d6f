package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GraphStage;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stages of one graph in blocks, each read when it is needed. The states of a graph's only block lie in its record. */
final class StageBlocks {
    private final GraphStore store;
    private final long owner;
    private final StageBlock[] blocks;
    private final byte[] onlyStates;
    private int loaded;
    /** The stage that was looked up last: most questions are about one stage several times in a row. */
    private int latest;

    private final boolean ofOneTask;
    /** The first task behind each block; null until it is needed. */
    private int @Nullable [] ends;

    /** @param onlyStates of the only block, if there is one; empty if nothing has changed yet */
    StageBlocks(GraphStore store, long owner, int stages, int tasks, byte[] onlyStates) {
        this.store = store;
        this.owner = owner;
        this.ofOneTask = stages == tasks;
        this.blocks = new StageBlock[numberOf(stages - 1) + 1];
        this.onlyStates = onlyStates;
    }

    /** The number of the block that a stage is in. */
    static int numberOf(int stage) {
        return stage >>> StageBlock.BITS;
    }

    /** The block that a stage is in. */
    StageBlock of(int stage) {
        int number = numberOf(stage);
        StageBlock block = blocks[number];
        return block == null ? load(number) : block;
    }

    private StageBlock load(int number) {
        byte[] definitions = Objects.requireNonNull(
                store.get(owner, GraphKeys.DEFINITIONS, number), "a block of a graph is missing");
        StageBlock block = new StageBlock(number << StageBlock.BITS, definitions);
        byte[] states = blocks.length == 1 ? onlyStates : store.get(owner, GraphKeys.STATES, number);
        if (states != null && states.length > 0) {
            StageStates.read(block, new StateReader(states));
        }
        blocks[number] = block;
        loaded++;
        return block;
    }

    /** The stage of a task. */
    int stageOf(int index) {
        if (ofOneTask) {
            return index;
        }
        if (!isOf(latest, index)) {
            latest = search(index);
        }
        return latest;
    }

    private boolean isOf(int stage, int index) {
        StageBlock block = blocks[numberOf(stage)];
        int place = Graph.placeOf(stage);
        return block != null && index >= block.firstTask(place) && index - block.firstTask(place) < block.tasks(place);
    }

    private int search(int index) {
        int number = 0;
        if (blocks.length > 1) {
            int at = Arrays.binarySearch(ends(), index);
            number = at < 0 ? -at - 1 : at + 1;
        }
        StageBlock block = of(number << StageBlock.BITS);
        return block.start + placeOfTask(block, index);
    }

    /** The place of a task's stage in the block. */
    private static int placeOfTask(StageBlock block, int index) {
        int low = 0;
        int high = block.size - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (block.firstTask(middle) <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int[] ends() {
        if (ends == null) {
            StateReader reader = new StateReader(Objects.requireNonNull(
                    store.get(owner, GraphKeys.FIRST_TASKS, 0), "the index of a graph is missing"));
            int[] read = new int[blocks.length];
            int end = 0;
            for (int i = 0; i < read.length; i++) {
                end += reader.count();
                read[i] = end;
            }
            ends = read;
        }
        return ends;
    }

    /** The definition of a stage with its payload. */
    GraphStage complete(StageBlock block, int place) {
        GraphStage stage = block.stages[place];
        if (block.payloads == null || block.payloads[place] == stage.payload().length) {
            return stage;
        }
        byte[] payload = Objects.requireNonNull(
                store.get(owner, GraphKeys.PAYLOAD, block.start + place), "the payload of a stage is missing");
        GraphStage complete = stage.withPayload(payload);
        block.stages[place] = complete;
        return complete;
    }

    /** Writes the states that have changed, if there is more than one block. */
    void flush(StateWriter writer) {
        for (StageBlock block : blocks) {
            if (block != null && block.changed && blocks.length > 1) {
                block.changed = false;
                StageStates.write(block, writer.reset());
                store.put(owner, GraphKeys.STATES, numberOf(block.start), writer.toBytes());
            }
        }
    }

    /** Writes the states of the only block into the graph's record. */
    void writeOnly(StateWriter writer) {
        if (blocks.length == 1 && blocks[0] != null) {
            StageStates.write(blocks[0], writer);
        } else if (blocks.length == 1) {
            writer.bytes(onlyStates);
        }
    }

    int loaded() {
        return loaded;
    }

    /** Forgets the blocks in memory, none of which has changed since the last flush; keeps an only one. Returns whether it did. */
    boolean unload() {
        if (blocks.length == 1) {
            return false;
        }
        Arrays.fill(blocks, null);
        loaded = 0;
        return true;
    }
}
