package io.yardmaster.topology.pacing;

import java.util.function.LongSupplier;

/**
 * Bounds the ticks of a shard, so that its stream thread polls again soon: a thread that made a whole window of assignments in one
 * tick would read no command meanwhile. A tick that made as many as it might is followed by another one as soon as the thread has
 * polled or, as there may be many events to take in before it polls, has spent as much time on other things.
 *
 * <p>Used by that thread alone.
 */
public final class TickPacer implements AutoCloseable {
    /** Assignments in one tick of all shards of a thread together: some milliseconds' work. */
    static final int MOST = 2_048;

    private static final int LEAST = 64;

    private final CommitPacer thread;
    private final LongSupplier nanoTime;
    private long begunAt;
    private long endedAt;
    private long polls;
    private int most = Integer.MAX_VALUE;
    private boolean cut;

    /** Paces the ticks of one more shard of this thread; none if that commits without being asked. */
    public TickPacer(CommitPacer thread, LongSupplier nanoTime) {
        this.thread = thread;
        this.nanoTime = nanoTime;
        thread.shards(1);
    }

    /** Returns whether the latest tick was cut, and it is time to go on. */
    public boolean goesOn() {
        return cut && isTime();
    }

    /** Returns whether a tick may begin, which lasts until {@link #ended}. */
    public boolean begin() {
        if (cut && !isTime()) {
            return false;
        }
        begunAt = nanoTime.getAsLong();
        return true;
    }

    private boolean isTime() {
        return thread.polls() != polls || nanoTime.getAsLong() - endedAt >= endedAt - begunAt;
    }

    /** Returns the number of assignments that this tick may make, of so many that it could. */
    public int within(int assignments) {
        most = thread.isUsed() ? Math.max(LEAST, MOST / thread.shards()) : Integer.MAX_VALUE;
        return Math.min(most, assignments);
    }

    /** The tick has made so many assignments. */
    public void ended(int made) {
        cut = made >= most;
        if (cut) {
            endedAt = nanoTime.getAsLong();
            polls = thread.polls();
            thread.hurry();
        }
    }

    /** The shard leaves the thread. */
    @Override
    public void close() {
        thread.shards(-1);
    }
}
