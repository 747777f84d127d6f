package io.yardmaster.schemas.serde;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Why the records of some schema ids cannot be read: what a registry said lately of ids that it does not know, and of schemas
 * that are none of ours. Without it each such record would cost a request. Thread-safe.
 */
final class UnreadableIds {
    /** A schema that is registered after its first records is read at most this much later. */
    static final Duration KEPT = Duration.ofSeconds(10);

    /** Of so many ids at most; the oldest is asked for again. */
    static final int MOST = 1_000;

    private final LongSupplier nanos;
    private final Map<Integer, Why> reasons = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Why> eldest) {
            return size() > MOST;
        }
    };

    private record Why(UnreadableRecordException failure, long until) {}

    /** @param nanos a monotonic clock */
    UnreadableIds(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Throws what was found lately, if anything was. */
    synchronized void check(int id) {
        Why why = reasons.get(id);
        if (why == null) {
            return;
        }
        if (nanos.getAsLong() - why.until < 0) {
            throw why.failure;
        }
        reasons.remove(id);
    }

    synchronized void add(int id, UnreadableRecordException failure) {
        // So that the oldest goes first.
        reasons.remove(id);
        reasons.put(id, new Why(failure, nanos.getAsLong() + KEPT.toNanos()));
    }
}
