package io.yardmaster.topology.pacing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells the threads of one instance when they may rest. Any activity keeps all of them at work for a quiet time, in
 * which everything that follows from it ends: transactions, offsets that the fleet commits, shares of the window. After
 * that each thread goes round once in a longest rest, or as soon as it is woken. Safe for use by all threads.
 *
 * <p>A thread reads {@link #wakes} before it checks for work, and does not rest if the number has changed since: so it
 * misses no wake between the check and the rest.
 */
public final class IdlePacer {
    private final Duration quiet;
    private final Duration longestRest;
    private final LongSupplier nanoTime;
    private final AtomicLong activeAt;
    private final AtomicLong wakes = new AtomicLong();
    private final List<Runnable> resting = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /**
     * Starts as after an activity.
     *
     * @param quiet time that all threads stay at work after the latest activity
     * @param longestRest time after which a resting thread goes round once
     */
    public IdlePacer(Duration quiet, Duration longestRest, LongSupplier nanoTime) {
        this.quiet = quiet;
        this.longestRest = longestRest;
        this.nanoTime = nanoTime;
        this.activeAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Makes a pacer of threads that never rest. */
    public static IdlePacer restless() {
        IdlePacer pacer = new IdlePacer(Duration.ZERO, Duration.ZERO, System::nanoTime);
        pacer.stop();
        return pacer;
    }

    public Duration longestRest() {
        return longestRest;
    }

    /** There is activity, or something to do that waits. */
    public void active() {
        long now = nanoTime.getAsLong();
        // Half, so that a thread that found it quiet while this was under way is woken, too.
        if (now - activeAt.getAndSet(now) >= quiet.toNanos() / 2) {
            wake();
        }
    }

    /** True if the latest activity is so long ago that threads may rest. */
    public boolean isQuiet() {
        return !stopped && nanoTime.getAsLong() - activeAt.get() >= quiet.toNanos();
    }

    /** Makes every resting thread go round once, for a query say. */
    public void wake() {
        wakes.incrementAndGet();
        resting.forEach(Runnable::run);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Number of wakes so far. */
    public long wakes() {
        return wakes.get();
    }

    /** Adds a call for each wake, which ends the rest of a thread that does not wait in {@link #rest}. */
    public void onWake(Runnable end) {
        resting.add(end);
    }

    /** Ends all rests for good. */
    public void stop() {
        stopped = true;
        wake();
    }

    /**
     * Rests: returns when woken, or after the longest rest; at once if it is not quiet.
     *
     * @param seen the number of wakes before the caller last checked for work
     */
    public synchronized void rest(long seen) throws InterruptedException {
        long until = System.nanoTime() + longestRest.toNanos();
        for (long left = longestRest.toMillis();
                left > 0 && wakes() == seen && isQuiet();
                left = Duration.ofNanos(until - System.nanoTime()).toMillis()) {
            wait(left);
        }
    }
}
