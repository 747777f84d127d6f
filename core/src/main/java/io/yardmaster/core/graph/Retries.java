package io.yardmaster.core.graph;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failed tasks that wait for the end of their back-off, on disk, by the age at which it ends (G4). */
final class Retries {
    private static final long LONGEST = 30L * 24 * 60 * 60 * 1_000;

    /** A task that is to be offered again. */
    record Retry(long session, long job, int index, int attempt) {}

    private final Storage storage;
    private final Ledger ledger;
    private final AgeClock clock;
    private final StateWriter writer = new StateWriter();
    /** The age at which the first one ends is not lower. */
    private long earliest;
    /** All keys are higher; a search from there does not pass deleted ones. */
    private byte[] from = GraphKeys.retries();

    Retries(Storage storage, Ledger ledger, AgeClock clock) {
        this.storage = storage;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Adds a task, and returns the age at which its back-off ends.
     *
     * @param attempt the next one, whose back-off is twice that of the attempt before
     */
    long add(long job, int index, int attempt, long backoff) {
        int doubled = Math.min(attempt - 1, Long.numberOfLeadingZeros(backoff) - 1);
        long end = clock.age() + Math.min(LONGEST, backoff << doubled);
        earliest = Math.min(earliest, end);
        writer.reset().signed(ledger.session()).signed(job).unsigned(index).unsigned(attempt);
        storage.put(GraphKeys.retry(end, job, index), writer.toBytes());
        return end;
    }

    /** Removes and returns a task whose back-off has ended, perhaps one of an older session; null if there is none. */
    @Nullable
    Retry poll() {
        if (!clock.passed(0, earliest)) {
            return null;
        }
        Map.Entry<byte[], byte[]> first = storage.next(from, Keys.end(GraphKeys.retries()));
        earliest = first == null ? Long.MAX_VALUE / 2 : GraphKeys.number(first.getKey(), 0);
        if (first == null || !clock.passed(0, earliest)) {
            return null;
        }
        storage.delete(first.getKey());
        from = first.getKey();
        StateReader reader = new StateReader(first.getValue());
        return new Retry(reader.signed(), reader.signed(), reader.count(), reader.count());
    }
}
