package io.yardmaster.client;

import java.util.concurrent.atomic.AtomicLong;

/** The newest session that this execution manager has heard of, from any partition or topic. Thread-safe. */
final class EpochFence {
    private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);

    /** Never goes back: an older session changes nothing. */
    void observe(long session) {
        newest.accumulateAndGet(session, Math::max);
    }

    boolean admits(long session) {
        return session >= newest.get();
    }

    long newest() {
        return newest.get();
    }
}
