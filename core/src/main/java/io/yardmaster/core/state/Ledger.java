package io.yardmaster.core.state;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of the state is neither a job's nor a group's: the session, the counters, and a section of each room that has
 * something to keep. One small record.
 */
public final class Ledger {
    /** Before the first event. */
    public static final long NO_SESSION = -1;

    /** Is raised with the layout of any record: it is read first, so an older version stops before it dispatches. */
    private static final int LAYOUT = 2;

    private static final int OLDEST_LAYOUT = 1;

    private final Map<Integer, Section> sections = new LinkedHashMap<>();
    private final UnknownSections unknown = new UnknownSections();
    private long session = NO_SESSION;
    private long assignments;
    private long ranks;
    private boolean changed;
    /** Whether the clock went on since it was stored. */
    private boolean aged;

    /** Before {@link #load}, and in the order in which version 0.1.0 wrote them, as far as it had them. */
    public void keep(int tag, Section section) {
        sections.put(tag, section);
    }

    /** The newest session, or {@link #NO_SESSION}. */
    public long session() {
        return session;
    }

    /** Made so far, in all sessions. */
    public long assignments() {
        return assignments;
    }

    public long nextAssignment() {
        changed = true;
        return ++assignments;
    }

    /**
     * Higher than all before. It alone is no reason to store the ledger: what gets a rank and stays either is active,
     * and says so in its own record, or makes the ledger change.
     */
    public long nextRank() {
        return ++ranks;
    }

    /** A stored rank is taken. */
    public void reserve(long rank) {
        ranks = Math.max(ranks, rank);
    }

    /** It must be stored at the next flush. */
    public void touch() {
        changed = true;
    }

    /** Time has passed, which alone is not always worth a write. */
    public void age() {
        aged = true;
    }

    /** Only the counters, which make ids unique, and what sections say go on. */
    public void begin(long newSession) {
        session = newSession;
        changed = true;
        sections.values().forEach(Section::beginSession);
    }

    /**
     * Writes it where something changed.
     *
     * @param withAge whether time that has passed is a change
     */
    public void flush(Storage storage, StateWriter writer, boolean withAge) {
        if (changed || (withAge && aged)) {
            changed = false;
            aged = false;
            storage.put(Keys.ledger(), write(writer));
        }
    }

    private byte[] write(StateWriter writer) {
        writer.reset().unsigned(LAYOUT).signed(session).unsigned(assignments).unsigned(ranks);
        sections.forEach((tag, section) -> {
            int begun = writer.begin(tag);
            section.write(writer);
            writer.end(begun);
        });
        unknown.write(writer);
        return writer.toBytes();
    }

    /** Reads what is stored, if anything is. */
    public void load(Storage storage) {
        byte[] stored = storage.get(Keys.ledger());
        if (stored == null) {
            return;
        }
        StateReader reader = new StateReader(stored);
        int layout = reader.version(OLDEST_LAYOUT, LAYOUT, "ledger");
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
