package io.yardmaster.topology.pacing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The pacers of an instance's stream threads. Safe for use by all threads. */
public final class CommitPacers {
    private final Map<String, CommitPacer> threads = new ConcurrentHashMap<>();
    private final Duration interval;
    private final LongSupplier nanoTime;

    /** Has none yet; see {@link CommitPacer} for the interval. */
    public CommitPacers(Duration interval, LongSupplier nanoTime) {
        this.interval = interval;
        this.nanoTime = nanoTime;
    }

    /** Makes pacers for threads that are paced by nobody. */
    public static CommitPacers none() {
        return new CommitPacers(Duration.ZERO, System::nanoTime);
    }

    /** The pacer of the stream thread of this name, which Streams keeps when it replaces a client. */
    public CommitPacer of(String thread) {
        return threads.computeIfAbsent(thread, unknown -> new CommitPacer(interval, nanoTime));
    }

    /** The pacer of the current thread; an unused one if this is no stream thread whose clients have one. */
    public CommitPacer ofThisThread() {
        CommitPacer known = threads.get(Thread.currentThread().getName());
        return known == null ? CommitPacer.unused() : known;
    }
}
