package io.yardmaster.core.outcomes;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The assignments of this session that have ended, by their numbers. Pages are closed from below: when all of a page and of those
 * before it have ended, or when they are too old.
 *
 * <pre>
 *   page   0 ………… expired   too old to be counted
 *          expired … floor  all have ended
 *          floor ………        one bit for each assignment
 * </pre>
 */
final class EndedAssignments implements Section {
    private static final int TAG = 7;

    private static final int PAGE = 1 << EndedPage.BITS;
    private static final int KEPT_IN_MEMORY = 64;
    /** Times at which the number of assignments is noted, in one expiry. */
    private static final int MARKS = 16;

    private static final int DELETED_PER_TICK = 1_000;
    private static final int CLOSED_PER_TICK = 64;

    /** The number of assignments made when the scheduler had this age. */
    private record Mark(long age, long assignments) {}

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final AgeClock clock;
    private final long expiry;
    /** The latest used last. */
    private final Map<Long, EndedPage> pages = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * The page that was looked up last in this session: outcomes come about in the order of their assignments. It stays in memory at
     * a flush, as it was used last, and is not looked up any more when it is closed.
     */
    private @Nullable EndedPage latest;

    private long latestAt;

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** The number of this session's first assignment, or 1 if the session began before this version. */
    private long first = 1;
    /** Pages below are not stored, but for those that are to be deleted. */
    private long floor;

    private long expired;
    /** Pages below are deleted. */
    private long deleted;
    /** True if the lowest page may be full. */
    private boolean closing;

    EndedAssignments(Storage storage, Keys keys, Ledger ledger, AgeClock clock, long expiry) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
        this.expiry = expiry;
        ledger.keep(TAG, this);
    }

    /** Returns whether an assignment with this number was made in this session, and so lately that its outcome may count. */
    boolean isKnown(long number) {
        return number >= first && number <= ledger.assignments() && pageOf(number) >= expired;
    }

    /** Returns whether an assignment with this number was made in this session, so long ago that its end is not known here. */
    boolean hasExpired(long number) {
        return number >= first && number <= ledger.assignments() && pageOf(number) < expired;
    }

    /** Returns whether an assignment that {@link #isKnown} has ended. */
    boolean contains(long number) {
        return pageOf(number) < floor || page(pageOf(number)).contains(bit(number));
    }

    /** Notes the end of an assignment that {@link #isKnown} and is not contained. */
    void add(long number) {
        long at = pageOf(number);
        EndedPage page = page(at);
        page.add(bit(number));
        closing |= at == floor && page.isFull();
    }

    private static long pageOf(long number) {
        return number >>> EndedPage.BITS;
    }

    private static int bit(long number) {
        return (int) number & (PAGE - 1);
    }

    private EndedPage page(long at) {
        EndedPage page = latest;
        if (page == null || at != latestAt) {
            page = find(at);
            latest = page;
            latestAt = at;
        }
        return page;
    }

    private EndedPage find(long at) {
        EndedPage page = pages.get(at);
        if (page == null) {
            byte[] stored = storage.get(keys.endedPage(at));
            page = stored == null
                    ? new EndedPage((int) Math.max(0, Math.min(PAGE, first - (at << EndedPage.BITS))))
                    : EndedPage.read(stored);
            pages.put(at, page);
        }
        return page;
    }

    /** Closes pages whose assignments have all ended or are too old, and deletes a thousand closed pages at most. */
    void tick() {
        long assignments = ledger.assignments();
        if (marks.isEmpty() || clock.passed(expiry / MARKS, marks.getLast().age)) {
            if (marks.isEmpty() ? assignments >= first : assignments > marks.getLast().assignments) {
                // No reason to store the ledger: if the mark is lost, pages expire later.
                marks.add(new Mark(clock.age(), assignments));
                ledger.note();
            }
        }
        while (!marks.isEmpty() && clock.passed(expiry, marks.peek().age)) {
            expired = Math.max(expired, pageOf(marks.remove().assignments + 1));
            floor = Math.max(floor, expired);
            closing = true;
            pages.keySet().removeIf(page -> page < floor);
            ledger.touch();
        }
        for (int closed = 0; closing && closed < CLOSED_PER_TICK; closed++) {
            closing = floor <= pageOf(assignments) && page(floor).isFull();
            if (closing) {
                pages.remove(floor++);
                ledger.touch();
            }
        }
        if (deleted < floor
                && storage.deleteRange(keys.endedPage(deleted), keys.endedPage(floor), DELETED_PER_TICK) == null) {
            deleted = floor;
            ledger.touch();
        }
    }

    /** Writes the pages that have changed. */
    void flush(StateWriter writer) {
        int excess = pages.size() - KEPT_IN_MEMORY;
        for (Iterator<Map.Entry<Long, EndedPage>> all = pages.entrySet().iterator(); all.hasNext(); excess--) {
            Map.Entry<Long, EndedPage> entry = all.next();
            EndedPage page = entry.getValue();
            if (page.changed) {
                page.changed = false;
                storage.put(keys.endedPage(entry.getKey()), page.write(writer));
            }
            if (excess > 0) {
                all.remove();
            }
        }
    }

    @Override
    public void beginSession() {
        first = ledger.assignments() + 1;
        floor = pageOf(first);
        expired = floor;
        deleted = floor;
        closing = false;
        marks.clear();
        pages.clear();
        latest = null;
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(first)
                .unsigned(floor)
                .unsigned(expired)
                .unsigned(deleted)
                .unsigned(marks.size());
        for (Mark mark : marks) {
            writer.unsigned(mark.age).unsigned(mark.assignments);
        }
    }

    @Override
    public void read(StateReader reader) {
        first = reader.unsigned();
        floor = reader.unsigned();
        expired = reader.unsigned();
        deleted = reader.unsigned();
        closing = true;
        for (int rest = reader.count(); rest > 0; rest--) {
            marks.add(new Mark(reader.unsigned(), reader.unsigned()));
        }
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no outcomes.
    }
}
