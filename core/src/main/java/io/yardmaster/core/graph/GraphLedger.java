package io.yardmaster.core.graph;

import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** The part of the ledger that is about graphs. */
final class GraphLedger implements Section {
    static final int TAG = 9;

    private static final int REVIVING = 1;
    private static final int RANKED = 2;

    /** The latest number of an owner. */
    long owners;

    /** The graphs whose tasks have other ranks than the normal one, which an older version would not find. */
    long ranked;

    private long written;

    /** The key of the graph that was made ready last in this session, or the least one; null if all were. */
    byte @Nullable [] revived;

    /** Returns, once, whether the number of ranked graphs has changed. */
    boolean hasChanged() {
        boolean changed = written != ranked;
        written = ranked;
        return changed;
    }

    @Override
    public boolean isInitial() {
        return owners == 0 && ranked == 0 && revived == null;
    }

    /** Has the graphs' tasks made ready again, in later ticks (G6). */
    @Override
    public void beginSession() {
        revived = GraphKeys.roots();
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(owners).unsigned((revived == null ? 0 : REVIVING) | (ranked == 0 ? 0 : RANKED));
        if (ranked > 0) {
            writer.unsigned(ranked);
        }
        if (revived != null) {
            writer.bytes(revived);
        }
    }

    @Override
    public void read(StateReader reader) {
        owners = reader.unsigned();
        int bits = reader.count();
        ranked = (bits & RANKED) == 0 ? 0 : reader.unsigned();
        written = ranked;
        revived = (bits & REVIVING) == 0 ? null : reader.rest();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no graphs.
    }
}
