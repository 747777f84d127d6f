package io.yardmaster.core.state;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of the state that belongs neither to a job nor to a group: the session, the counters, and a section of each class
 * that registers one. One small record.
 */
public final class Ledger {
    /** The session before the first event. */
    public static final long NO_SESSION = -1;

    /** Rises with the layout of any record. The ledger is read first, so that an older version stops before it dispatches. */
    private static final int LAYOUT = 2;

    /** While jobs have queues by their priority, which an older version would not find. */
    private static final int LAYOUT_WITH_LEVELS = 3;

    /** While tasks have queues by their needs or ranks, or some hold units of limits. */
    private static final int LAYOUT_WITH_LIMITS = 4;

    private static final int OLDEST_LAYOUT = 1;

    private final Map<Integer, Section> sections = new LinkedHashMap<>();
    private final UnknownSections unknown = new UnknownSections();
    private long session = NO_SESSION;
    private long assignments;
    private long ranks;
    private int layout = LAYOUT;
    private boolean changed;
    /** True if the age has grown since the ledger was stored. */
    private boolean aged;

    private long changes;
    private boolean wasStored;

    /** Registers a section. Must precede {@link #load}, in the order in which version 0.1.0 wrote the sections that it had. */
    public void keep(int tag, Section section) {
        sections.put(tag, section);
    }

    /** The newest session, or {@link #NO_SESSION}. */
    public long session() {
        return session;
    }

    /** The number of assignments made so far, in all sessions. */
    public long assignments() {
        return assignments;
    }

    public long nextAssignment() {
        changed = true;
        return ++assignments;
    }

    /**
     * A number higher than all before. The ledger need not be stored for it: a job that gets a rank either becomes active,
     * and has the rank in its own record, or changes the ledger.
     */
    public long nextRank() {
        return ++ranks;
    }

    /** Makes all further ranks higher than a stored one. */
    public void reserve(long rank) {
        ranks = Math.max(ranks, rank);
    }

    /** Has the ledger stored at the next flush. */
    public void touch() {
        changed = true;
        changes++;
    }

    /** Notes a change of the state for which alone the ledger is not stored. */
    public void note() {
        changes++;
    }

    /** Grows with each change that a tick makes of the state, whether it is stored or not. */
    public long changes() {
        return changes;
    }

    /**
     * Notes what an older version would not find.
     *
     * @param levels whether jobs with another than the normal priority are active or pending
     * @param limits whether there are tasks that limits decide about, or with other ranks than the normal one
     */
    public void use(boolean levels, boolean limits) {
        int needed = limits ? LAYOUT_WITH_LIMITS : levels ? LAYOUT_WITH_LEVELS : LAYOUT;
        changed |= needed != layout;
        layout = needed;
    }

    /** Notes that the age has grown, or goes on from another time, for which alone the ledger is not always stored. */
    public void age() {
        aged = true;
        changes++;
    }

    /** Returns whether a newer session has begun than this one, so that nothing of it counts any more. */
    public boolean isOver(long earlier) {
        return earlier < session;
    }

    /** Begins a session. The counters go on, so that ids stay unique; each section decides for itself. */
    public void begin(long newSession) {
        session = newSession;
        changed = true;
        sections.values().forEach(Section::beginSession);
    }

    /**
     * Stores the ledger if it has changed.
     *
     * @param withAge whether a grown age counts as a change
     */
    public void flush(Storage storage, StateWriter writer, boolean withAge) {
        if (changed || (withAge && aged)) {
            changed = false;
            aged = false;
            storage.put(Keys.ledger(), write(writer));
        }
    }

    private byte[] write(StateWriter writer) {
        writer.reset().unsigned(layout).signed(session).unsigned(assignments).unsigned(ranks);
        sections.forEach((tag, section) -> {
            if (!section.isInitial()) {
                int begun = writer.begin(tag);
                section.write(writer);
                writer.end(begun);
            }
        });
        unknown.write(writer);
        return writer.toBytes();
    }

    /** Returns whether there was a stored ledger. */
    public boolean wasStored() {
        return wasStored;
    }

    /** Reads the stored ledger, if there is one. */
    public void load(Storage storage) {
        byte[] stored = storage.get(Keys.ledger());
        if (stored == null) {
            return;
        }
        wasStored = true;
        StateReader reader = new StateReader(stored);
        layout = reader.layout(OLDEST_LAYOUT, LAYOUT_WITH_LIMITS, "ledger");
        session = reader.signed();
        assignments = reader.unsigned();
        ranks = reader.unsigned();
        if (layout == OLDEST_LAYOUT) {
            sections.values().forEach(section -> section.readLayout1(reader));
            return;
        }
        while (reader.hasMore()) {
            int tag = reader.count();
            Section section = sections.get(tag);
            if (section == null) {
                unknown.keep(tag, reader);
            } else {
                section.read(reader.section());
            }
        }
    }
}
