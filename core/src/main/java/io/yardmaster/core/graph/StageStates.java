package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/** The states of the stages of a block in a record: a byte for each of which nothing has changed, and 1 to 5 for most others. */
final class StageStates {
    /** The bits of a state, of which the lowest says that there is more. */
    private static final int STATE = 1;

    private static final int MARKED = 32;
    private static final int CAUSED = 64;
    private static final int WITH_RETURNED = 128;
    private static final int STATES = 15;

    private StageStates() {}

    static void write(StageBlock block, StateWriter writer) {
        for (int i = 0; i < block.size; i++) {
            write(block, i, writer);
        }
    }

    private static void write(StageBlock block, int i, StateWriter writer) {
        boolean touched = block.open(i) != block.barriers(i) || block.ended(i) > 0 || block.state(i) != 0;
        if (!touched) {
            writer.unsigned(0);
            return;
        }
        boolean marked = block.tasks(i) == 1 && block.onlyMark(i) >= 0;
        boolean caused = block.cause(i) >= 0;
        int returned = block.returned(i);
        int more = (marked ? MARKED : 0) | (caused ? CAUSED : 0) | (returned != 0 ? WITH_RETURNED : 0);
        writer.unsigned(1 | (block.state(i) << STATE) | more);
        if (block.status(i) == StageBlock.BLOCKED) {
            writer.unsigned(block.open(i));
        }
        if (caused) {
            writer.signed(block.cause(i) - (block.start + i));
        }
        if (marked) {
            writer.unsigned(block.onlyMark(i));
        }
        if (block.tasks(i) > 1 && block.status(i) != StageBlock.KILLED) {
            writer.unsigned(block.ended(i)).unsigned(block.ended(i) - block.succeeded(i));
        }
        if (returned != 0) {
            writer.signed(returned);
        }
    }

    /** Reads the states into a block that was only just made. */
    static void read(StageBlock block, StateReader reader) {
        for (int i = 0; i < block.size; i++) {
            int bits = reader.count();
            if (bits != 0) {
                read(block, i, bits, reader);
            }
        }
    }

    private static void read(StageBlock block, int i, int bits, StateReader reader) {
        block.setState(i, (bits >>> STATE) & STATES);
        block.setOpen(i, block.status(i) == StageBlock.BLOCKED ? reader.count() : 0);
        block.setCause(i, (bits & CAUSED) != 0 ? block.start + i + (int) reader.signed() : -1);
        block.setOnlyMark(i, (bits & MARKED) != 0 ? reader.count() : -1);
        if (block.status(i) == StageBlock.KILLED) {
            block.count(i, block.tasks(i), 0);
        } else if (block.tasks(i) == 1) {
            block.count(i, block.status(i) == StageBlock.ENDED ? 1 : 0, block.onlyMark(i) == Graph.SUCCEEDED ? 1 : 0);
        } else {
            int ended = reader.count();
            block.count(i, ended, ended - reader.count());
        }
        block.setReturned(i, (bits & WITH_RETURNED) != 0 ? (int) reader.signed() : 0);
    }
}
