package io.yardmaster.scheduling;

import java.util.List;

/** The counters and positions of one scheduler: what is neither a job's nor a group's. One small record. */
final class Ledger {
    static final long NO_SESSION = -1;

    /** The parts of a cycle, in order (S3). */
    enum Stage {
        COMMITS(0),
        CLEANUPS(1),
        JOBS(2);

        private static final Stage[] BY_CODE = values();

        /** As stored. */
        private final int code;

        Stage(int code) {
            this.code = code;
        }
    }

    /** Is raised with the layout of any record: it is read first, so an older version stops before it dispatches. */
    private static final int LAYOUT = 2;

    private static final int OLDEST_LAYOUT = 1;

    final Fifo commits;
    final Fifo cleanups;
    final Fifo gates;
    final Fifo memories;
    final Garbage garbage;
    final AgeClock clock;

    long session = NO_SESSION;
    Stage stage = Stage.COMMITS;
    /** Tasks that this stage of this cycle has offered already. */
    int offeredInStage;
    /** Of the turns of jobs or groups. */
    Rotation.Cursor cursor = Rotation.Cursor.START;

    boolean changed;
    /** Whether the clock went on since it was stored. */
    boolean aged;

    private long assignments;
    private long ranks;

    Ledger(Storage storage, Keys keys, Garbage garbage, AgeClock clock) {
        this.commits = new Fifo(storage, keys, Fifo.COMMITS, 0);
        this.cleanups = new Fifo(storage, keys, Fifo.CLEANUPS, 0);
        this.gates = new Fifo(storage, keys, Fifo.GATES, 0);
        this.memories = new Fifo(storage, keys, Fifo.MEMORIES, 0);
        this.garbage = garbage;
        this.clock = clock;
    }

    /** Made so far, in all sessions. */
    long assignments() {
        return assignments;
    }

    long nextAssignment() {
        changed = true;
        return ++assignments;
    }

    /**
     * Higher than all before. It alone is no reason to store the ledger: what gets a rank and stays either is active,
     * and says so in its own record, or makes the ledger change.
     */
    long nextRank() {
        return ++ranks;
    }

    /** A stored rank is taken. */
    void reserve(long rank) {
        ranks = Math.max(ranks, rank);
    }

    void enter(Stage next) {
        stage = next;
        offeredInStage = 0;
        changed = true;
    }

    void moveTo(Rotation.Cursor newCursor) {
        changed |= !newCursor.equals(cursor);
        cursor = newCursor;
    }

    /** Only the counters, which make ids unique, and the clock go on. */
    void begin(long newSession) {
        session = newSession;
        enter(Stage.COMMITS);
        cursor = Rotation.Cursor.START;
        commits.clear();
        cleanups.clear();
        gates.clear();
        memories.clear();
        garbage.clear();
    }

    byte[] write(RecordWriter writer) {
        writer.reset().unsigned(LAYOUT).signed(session);
        writer.unsigned(assignments).unsigned(ranks);
        writer.unsigned(stage.code).unsigned(offeredInStage);
        cursor.write(writer);
        commits.write(writer);
        cleanups.write(writer);
        gates.write(writer);
        memories.write(writer);
        clock.write(writer);
        garbage.write(writer);
        return writer.toBytes();
    }

    void read(byte[] bytes) {
        RecordReader reader = new RecordReader(bytes);
        int layout = reader.version(OLDEST_LAYOUT, LAYOUT, "ledger");
        session = reader.signed();
        assignments = reader.unsigned();
        ranks = reader.unsigned();
        stage = Stage.BY_CODE[reader.count()];
        offeredInStage = reader.count();
        cursor = Rotation.Cursor.read(reader);
        for (Fifo queue : List.of(commits, cleanups, gates, memories)) {
            if (layout == OLDEST_LAYOUT) {
                queue.readLayout1(reader);
            } else {
                queue.read(reader);
            }
        }
        clock.read(reader);
        if (layout > OLDEST_LAYOUT) {
            garbage.read(reader);
        }
    }
}
