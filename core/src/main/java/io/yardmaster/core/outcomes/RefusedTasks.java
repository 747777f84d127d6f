package io.yardmaster.core.outcomes;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.RunTraces;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The refused tasks that wait for the end of their back-off, on disk, first in first out (O7). */
final class RefusedTasks implements Section {
    private static final int TAG = 8;

    /** By their number in a record. */
    private static final List<TaskKind> KINDS =
            List.of(TaskKind.TASK, TaskKind.COMMIT, TaskKind.CLEANUP, TaskKind.TASK);

    /** The number of a regular task that had no host. */
    private static final int UNPLACED = 3;

    /**
     * A task that is to be offered again.
     *
     * @param index -1 unless the kind is {@link TaskKind#TASK}
     * @param placed false if placement gave it back before it had a host
     */
    record Refused(
            long job, TaskKind kind, int index, int attempt, long readyAt, @Nullable String trace, boolean placed) {}

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final AgeClock clock;
    private final long backoff;
    private final StateWriter writer = new StateWriter();
    private long head;
    private long end;
    /** The age from which the first task waits; -1 if it was not read yet. */
    private long headAge = -1;

    RefusedTasks(Storage storage, Keys keys, Ledger ledger, AgeClock clock, long backoff) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
        this.backoff = backoff;
        ledger.keep(TAG, this);
    }

    /** The number of tasks that wait. */
    long size() {
        return end - head;
    }

    void add(Event.AssignmentEnded refused) {
        writer.reset().unsigned(clock.age()).signed(refused.job());
        writer.unsigned(isPlaced(refused) ? KINDS.indexOf(refused.kind()) : UNPLACED)
                .signed(refused.taskIndex())
                .unsigned(refused.attempt())
                .signed(refused.endedAt());
        String trace = RunTraces.kept(refused.trace());
        if (trace != null) {
            writer.text(trace);
        }
        storage.put(key(end++), writer.toBytes());
        ledger.touch();
    }

    private static boolean isPlaced(Event.AssignmentEnded refused) {
        return refused.placed() || refused.kind() != TaskKind.TASK;
    }

    private byte[] key(long place) {
        return keys.fifo(Fifo.REFUSED, 0, place);
    }

    /** Removes and returns the first task if its back-off has ended; null if there is none. */
    @Nullable
    Refused poll() {
        if (head == end || (headAge >= 0 && !clock.passed(backoff, headAge))) {
            return null;
        }
        byte[] stored = storage.get(key(head));
        if (stored == null) {
            throw new IllegalStateException("refused task " + head + " of " + end + " is not on disk");
        }
        StateReader reader = new StateReader(stored);
        headAge = reader.unsigned();
        if (!clock.passed(backoff, headAge)) {
            return null;
        }
        storage.delete(key(head++));
        headAge = -1;
        ledger.touch();
        long job = reader.signed();
        int kind = reader.count();
        return new Refused(
                job,
                KINDS.get(kind),
                (int) reader.signed(),
                reader.count(),
                reader.signed(),
                reader.hasMore() ? reader.text() : null,
                kind != UNPLACED);
    }

    @Override
    public void beginSession() {
        head = 0;
        end = 0;
        headAge = -1;
    }

    @Override
    public void write(StateWriter ledgerWriter) {
        ledgerWriter.unsigned(head).unsigned(end);
    }

    @Override
    public void read(StateReader reader) {
        head = reader.unsigned();
        end = reader.unsigned();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no outcomes.
    }
}
