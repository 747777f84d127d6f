package io.yardmaster.topology.pacing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Chooses when a stream thread commits: soon when there is little to do, and by the interval when there is much. While fewer
 * than {@value #FEW} records were read, processed and written since the last commit, or wait to be, records that somebody waits for are committed at
 * once, but not before a tenth of the interval, and half of the time that each of the last two commits took, have passed since that one. So a
 * thread never begins more than ten commits in an interval, and a slow broker or machine sees few that are early.
 *
 * <p>The pause is needed: the broker answers a commit before it has ended the transaction on all partitions, and the next
 * transaction's first record waits in the broker for 20 ms if it comes before that. A commit that waited so is one in a
 * hundred, and says nothing about the next; a slow broker or machine makes several in a row long.
 *
 * <p>A transaction that has tasks for many hosts ends in the partition of each, which costs the broker time. So the
 * interval is longer then, up to {@value #LONGEST_MS} ms, unless the transaction has something {@link #urgent} too.
 *
 * <p>Used by that thread alone.
 */
public final class CommitPacer {
    static final int FEW = 300;
    /** The interval, unless it is longer by itself, of a transaction that ends in very many partitions. */
    static final int LONGEST_MS = 60;
    /** The wait for records while a commit may be due soon. The clock of Streams counts whole milliseconds. */
    static final Duration SHORTEST_POLL = Duration.ofMillis(1);

    private static final int IN_AN_INTERVAL = 10;
    private static final int PART_OF_COMMIT = 2;
    /** The interval becomes longer by itself for each so many partitions of hosts. */
    private static final int PARTITIONS_OF_INTERVAL = 4;

    private final long interval;
    private final LongSupplier nanoTime;
    private final boolean used;
    private long begunAt;
    private long endedAt;
    private long took;
    private long tookBefore;
    private int work;
    private int partitions;
    private boolean open;
    private boolean awaited;
    private boolean urgent;
    private boolean hurry;
    private boolean storing;
    private long polls;
    private int shards;

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
        this.begunAt = endedAt;
    }

    /** Makes one for a thread that commits without being asked. */
    static CommitPacer unused() {
        return new CommitPacer(Duration.ZERO, System::nanoTime, false);
    }

    /** Returns whether the thread commits only when this is due. */
    public boolean isUsed() {
        return used;
    }

    /** There is so much to do: records that were read or, perhaps in a later transaction, processed, or tasks that wait. */
    public void work(long records) {
        work = (int) Math.min(FEW, work + records);
    }

    /** Has changes stored at the beginning of a commit. */
    public void storing(Runnable changes) {
        storing = true;
        try {
            changes.run();
        } finally {
            storing = false;
        }
    }

    /** True while a commit that has begun stores changes: a transaction that begins now ends with it. */
    public boolean isStoring() {
        return storing;
    }

    /** There is something to commit: offsets, or a transaction. */
    public void open() {
        open = true;
    }

    /** Takes note of new records that somebody waits for. */
    public void written(int records) {
        work = Math.min(FEW, work + records);
        awaited |= records > 0;
    }

    /**
     * Takes note of new records for which the interval must not be longer than usual: assignments for a group, whose window turns over
     * with it, answers to commands, and kills.
     */
    public void urgent(int records) {
        written(records);
        urgent |= records > 0;
    }

    /** The transaction has tasks in so many more partitions of hosts. */
    public void reaches(int partitionsOfHosts) {
        partitions += partitionsOfHosts;
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
        long shortest = Math.max(interval / IN_AN_INTERVAL, Math.min(took, tookBefore) / PART_OF_COMMIT);
        boolean due = since >= longest() || (awaited && isCalm() && since >= shortest);
        if (due) {
            begunAt = now;
            endedAt = now;
        }
        return due;
    }

    private long longest() {
        if (urgent) {
            return interval;
        }
        long lengthened = interval * (1 + partitions / PARTITIONS_OF_INTERVAL);
        return Math.max(
                interval, Math.min(lengthened, Duration.ofMillis(LONGEST_MS).toNanos()));
    }

    /** A transaction has ended. */
    public void ended() {
        endedAt = nanoTime.getAsLong();
        tookBefore = took;
        took = endedAt - begunAt;
        work = 0;
        partitions = 0;
        open = false;
        awaited = false;
        urgent = false;
    }

    /** There is work that waits for the next poll. */
    void hurry() {
        hurry = true;
    }

    /** Adds to the number of the thread's shards. */
    void shards(int more) {
        shards += more;
    }

    int shards() {
        return shards;
    }

    /** The thread has polled. */
    public void polled() {
        polls++;
        hurry = false;
    }

    long polls() {
        return polls;
    }

    /** The time to wait for records: this, less if a commit may be due soon, and none if work waits for the poll. */
    public Duration wait(Duration longest) {
        if (hurry) {
            return Duration.ZERO;
        }
        return open && isCalm() && longest.compareTo(SHORTEST_POLL) > 0 ? SHORTEST_POLL : longest;
    }
}
