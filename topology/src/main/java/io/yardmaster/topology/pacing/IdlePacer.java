package io.yardmaster.topology.pacing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells the threads of one instance when they may rest. Whatever happens keeps all of them at work for a while, in which
 * everything that follows from it comes to its end: transactions, offsets that the fleet commits, shares of the window.
 * After that each goes round once in a longest rest, or as soon as it is woken. Safe for use by all threads.
 *
 * <p>A thread that may rest remembers {@link #wakes} before it looks whether there is anything to do, and does not rest if
 * the number has changed since: so no wake is missed between the look and the rest.
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
     * Nobody rests before so much time has passed.
     *
     * @param quiet for so long everybody stays at work after whatever happened last
     * @param longestRest after it a thread that rests goes round once
     */
    public IdlePacer(Duration quiet, Duration longestRest, LongSupplier nanoTime) {
        this.quiet = quiet;
        this.longestRest = longestRest;
        this.nanoTime = nanoTime;
        this.activeAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Of threads that never rest. */
    public static IdlePacer restless() {
        IdlePacer pacer = new IdlePacer(Duration.ZERO, Duration.ZERO, System::nanoTime);
        pacer.stop();
        return pacer;
    }

    public Duration longestRest() {
        return longestRest;
    }

    /** Something happened, or waits to happen. */
    public void active() {
        long now = nanoTime.getAsLong();
        // Half, so that nobody is missed who found it quiet while this was under way.
        if (now - activeAt.getAndSet(now) >= quiet.toNanos() / 2) {
            wake();
        }
    }

    /** Whether nothing has happened for so long that one may rest. */
    public boolean isQuiet() {
        return !stopped && nanoTime.getAsLong() - activeAt.get() >= quiet.toNanos();
    }

    /** Who rests goes round once: somebody has a question, say. */
    public void wake() {
        wakes.incrementAndGet();
        resting.forEach(Runnable::run);
        synchronized (this) {
            notifyAll();
        }
    }

    /** How often there was a reason to go round. */
    public long wakes() {
        return wakes.get();
    }

    /** Is called with each wake; ends the rest of those that do not wait here. */
    public void onWake(Runnable end) {
        resting.add(end);
    }

    /** Nobody rests any more. */
    public void stop() {
        stopped = true;
        wake();
    }

    /**
     * Rests: returns when woken, or after the longest rest; at once if it is not quiet.
     *
     * @param seen the number of wakes before the caller last looked whether there is anything to do
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
