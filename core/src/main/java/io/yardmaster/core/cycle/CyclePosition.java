package io.yardmaster.core.cycle;

import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/** The stage that the current cycle has reached, and the cursor of the rotation. */
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

    void countOffered(int tasks) {
        if (tasks > 0) {
            offered += tasks;
            ledger.touch();
        }
    }

    void enter(int next) {
        stage = next;
        offered = 0;
        ledger.touch();
    }

    /** The cursor of the rotation of active jobs, or of their groups, as it was stored. */
    public Rotation.Cursor cursor() {
        return cursor;
    }

    /** Stores this cursor at the next flush if it has moved. */
    public void moveTo(Rotation.Cursor newCursor) {
        if (!newCursor.equals(cursor)) {
            cursor = newCursor;
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
