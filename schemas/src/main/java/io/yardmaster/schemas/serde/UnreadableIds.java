package io.yardmaster.schemas.serde;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The schema ids whose records cannot be read, with the reasons: the registry does not know the id, or its schema is not of our
 * contract. Without this memory each such record would cost a request. Thread-safe.
 */
final class UnreadableIds {
    /** A schema that is registered only after its first records can be read at most this much later. */
    static final Duration KEPT = Duration.ofSeconds(10);

    /** The most ids; beyond them the oldest is forgotten. */
    static final int MOST = 1_000;

    private final LongSupplier nanos;
    private final Map<Integer, Reason> reasons = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Reason> eldest) {
            return size() > MOST;
        }
    };

    private record Reason(UnreadableRecordException failure, long until) {}

    /** @param nanos a monotonic clock */
    UnreadableIds(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Throws the failure of this id, if one was added in the last {@link #KEPT}. */
    synchronized void check(int id) {
        Reason reason = reasons.get(id);
        if (reason == null) {
            return;
        }
        if (nanos.getAsLong() - reason.until < 0) {
            throw reason.failure;
        }
        reasons.remove(id);
    }

    synchronized void add(int id, UnreadableRecordException failure) {
        // So that the oldest goes first.
        reasons.remove(id);
        reasons.put(id, new Reason(failure, nanos.getAsLong() + KEPT.toNanos()));
    }
}
