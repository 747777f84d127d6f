package io.yardmaster.core.cycle;

import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The stage that the current cycle has reached, and the cursors of the rotations. */
public final class CyclePosition implements Section {
    private static final int TAG = 2;
    private static final int NORMAL = 0;
    private static final Map<Integer, Rotation.Cursor> NONE = Map.of(NORMAL, Rotation.Cursor.START);

    private final Ledger ledger;
    private int stage;
    /** Tasks that this stage has offered in this cycle. */
    private int offered;

    /** By priority; the normal one, 0, is always there. */
    private Map<Integer, Rotation.Cursor> cursors = NONE;

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

    /** The cursors of the rotations of active jobs, or of their groups, by priority, as they were stored. */
    public Map<Integer, Rotation.Cursor> cursors() {
        return cursors;
    }

    /** Stores these cursors at the next flush if one has moved. */
    public void moveTo(Map<Integer, Rotation.Cursor> newCursors) {
        if (!newCursors.equals(cursors)) {
            cursors = newCursors;
            ledger.touch();
        }
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(stage).unsigned(offered);
        Objects.requireNonNull(cursors.get(NORMAL)).write(writer);
        cursors.forEach((priority, cursor) -> {
            if (priority != NORMAL) {
                cursor.write(writer.signed(priority));
            }
        });
    }

    @Override
    public void readLayout1(StateReader reader) {
        stage = reader.count();
        offered = reader.count();
        cursors = new TreeMap<>(Map.of(NORMAL, Rotation.Cursor.read(reader)));
    }

    @Override
    public void read(StateReader reader) {
        readLayout1(reader);
        while (reader.hasMore()) {
            int priority = (int) reader.signed();
            cursors.put(priority, Rotation.Cursor.read(reader));
        }
    }

    @Override
    public void beginSession() {
        enter(0);
        cursors = NONE;
    }
}
