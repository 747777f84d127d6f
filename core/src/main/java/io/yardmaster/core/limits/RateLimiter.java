package io.yardmaster.core.limits;

import io.yardmaster.core.values.DispatchRate;

/**
 * The rate of a group or a pool, by the generic cell rate algorithm: each task that is offered moves the time at which the next one is due on
 * by an interval, and a task may come before it is due by the intervals of a burst (L7). Times are ages of the scheduler in ns.
 */
final class RateLimiter<K extends Comparable<K>> extends Constraint {
    /** Not woken by time: something else must happen first. */
    static final long NEVER = Long.MAX_VALUE;

    final K owner;
    private final RateTable<K> table;
    private final long interval;
    private final long burst;
    /** The time from which on a whole burst is there. */
    private long due;
    /** Tasks that were granted and not offered yet. */
    private long granted;
    /** The time under which the table has it, to be woken then. */
    long wakeAt = NEVER;

    RateLimiter(K owner, String key, RateTable<K> table, DispatchRate rate) {
        super(key);
        this.owner = owner;
        this.table = table;
        this.interval = rate.interval();
        this.burst = rate.burst();
    }

    /**
     * Goes on from the time that its owner had. If that came from another rate, it is due in a burst's time at the latest, as the debt of a
     * slower one is forgotten. Under the same rate a gang may owe more than a burst.
     *
     * @return whether a debt was forgotten
     */
    boolean begin(RateTime had) {
        long latest = had.isUnder(interval, burst) ? NEVER : table.now() + burst * interval;
        due = Math.min(had.due(), latest);
        return had.due() > latest;
    }

    /** Forgets the grants, and all that waits, which is looked at again. */
    void beginCount() {
        granted = 0;
        waiting.clear();
        unblock();
        wakeAt = NEVER;
    }

    /** The tasks that may be offered at once now; below 0 after a gang that was larger than the burst. */
    long available() {
        long ahead = Math.max(0, due - table.now());
        return burst - (ahead + interval - 1) / interval;
    }

    @Override
    long room(int level) {
        return available() - granted;
    }

    @Override
    void awaited() {
        table.schedule(this);
    }

    /** Counts grants; with a negative number, grants that were used or taken back. */
    void grant(long tasks) {
        granted += tasks;
        table.schedule(this);
    }

    /** Counts a task that is offered. */
    void take() {
        due = Math.max(due, table.now()) + interval;
        table.keep(this);
        table.schedule(this);
    }

    /** The earliest time at which one more task may be granted, unless something else happens. */
    long nextGrant() {
        return granted >= burst ? NEVER : due - (burst - granted - 1) * interval;
    }

    RateTime time() {
        return new RateTime(due, interval, burst);
    }

    long burst() {
        return burst;
    }
}
