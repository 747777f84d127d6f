package io.yardmaster.core.cycle;

import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/** How far the current cycle is. */
public final class CyclePosition implements Section {
    private static final int TAG = 2;

    private final Ledger ledger;
    private int stage;
    /** Tasks that this stage has offered in this cycle. */
    private int offered;

    private Rotation.Cursor cursor = Rotation.Cursor.START;

    public CyclePosition(Ledger ledger) {
        this.ledger = ledger;
        ledger.keep(TAG, this);
    }

    /** The number of the stage in the cycle, from 0 on. */
    int stage() {
        return stage;
    }

    int offered() {
        return offered;
    }

    void countOffered() {
        offered++;
        ledger.touch();
    }

    void enter(int next) {
        stage = next;
        offered = 0;
        ledger.touch();
    }

    /** Where the round of active jobs, or of their groups, stood when it was stored. */
    public Rotation.Cursor cursor() {
        return cursor;
    }

    /** The same as of now. */
    public void moveTo(Rotation.Cursor now) {
        if (!now.equals(cursor)) {
            cursor = now;
            ledger.touch();
        }
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(stage).unsigned(offered);
        cursor.write(writer);
    }

    @Override
    public void read(StateReader reader) {
        stage = reader.count();
        offered = reader.count();
        cursor = Rotation.Cursor.read(reader);
    }

    @Override
    public void beginSession() {
        enter(0);
        cursor = Rotation.Cursor.START;
    }
}
