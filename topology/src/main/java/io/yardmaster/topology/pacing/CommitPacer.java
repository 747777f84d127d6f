package io.yardmaster.topology.pacing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Chooses when a stream thread commits: soon when there is little to do, and by the interval when there is much. While fewer
 * than {@value #FEW} records were read and written since the last commit, records that somebody waits for are committed at
 * once, but not before a tenth of the interval has passed since the last commit. So a thread never begins more than ten commits in
 * an interval.
 *
 * <p>Nor before the broker has ended the last transaction on all partitions, which it does after it has answered the producer: a record
 * that comes earlier waits in the broker for 20 ms. That takes about as long as the answer did, and gets twice the time.
 *
 * <p>Used by that thread alone.
 */
public final class CommitPacer {
    static final int FEW = 100;
    /** The wait for records while a commit may be due soon. The clock of Streams counts whole milliseconds. */
    static final Duration SHORTEST_POLL = Duration.ofMillis(1);

    private static final int IN_AN_INTERVAL = 10;
    private static final int SETTLING = 2;

    private final long interval;
    private final LongSupplier nanoTime;
    private final boolean used;
    private long askedAt;
    private long endedAt;
    private long answered;
    private int work;
    private boolean open;
    private boolean awaited;

    /**
     * Starts as after a commit.
     *
     * @param interval between commits while there is much to do
     */
    public CommitPacer(Duration interval, LongSupplier nanoTime) {
        this(interval, nanoTime, true);
    }

    private CommitPacer(Duration interval, LongSupplier nanoTime, boolean used) {
        this.used = used;
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.endedAt = nanoTime.getAsLong();
    }

    /** Makes one for a thread that commits without being asked. */
    static CommitPacer unused() {
        return new CommitPacer(Duration.ZERO, System::nanoTime, false);
    }

    /** Returns whether the thread commits only when this is due. */
    public boolean isUsed() {
        return used;
    }

    /** So many records were read. */
    public void read(int records) {
        work = Math.min(FEW, work + records);
    }

    /** There is something to commit: offsets, or a transaction. */
    public void open() {
        open = true;
    }

    /** So many records were written that somebody waits for. */
    public void written(int records) {
        work = Math.min(FEW, work + records);
        awaited |= records > 0;
    }

    /** True if there is little to do. */
    public boolean isCalm() {
        return work < FEW;
    }

    /** Returns whether to commit now. True once; then not before the commit has ended, or another interval. */
    public boolean isDue() {
        if (!open) {
            return false;
        }
        long now = nanoTime.getAsLong();
        long since = now - endedAt;
        long shortest = Math.max(interval / IN_AN_INTERVAL, SETTLING * answered);
        boolean due = since >= interval || (awaited && isCalm() && since >= shortest);
        if (due) {
            endedAt = now;
        }
        return due;
    }

    /** The broker is asked to commit. */
    public void asked() {
        askedAt = nanoTime.getAsLong();
    }

    /** The broker has committed. */
    public void answered() {
        answered = nanoTime.getAsLong() - askedAt;
        ended();
    }

    /** A transaction has ended. */
    public void ended() {
        endedAt = nanoTime.getAsLong();
        work = 0;
        open = false;
        awaited = false;
    }

    /** The time to wait for records: this, or less if a commit may be due soon. */
    public Duration wait(Duration longest) {
        return open && isCalm() && longest.compareTo(SHORTEST_POLL) > 0 ? SHORTEST_POLL : longest;
    }
}
