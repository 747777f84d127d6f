package io.yardmaster.core.limits;

import io.yardmaster.core.values.DispatchRate;
import java.util.ArrayList;
import java.util.List;

/**
 * The rate of a group, by the generic cell rate algorithm: each task that is offered moves the time at which the next one is due on
 * by an interval, and a task may come before it is due by the intervals of a burst (L7). Times are ages of the scheduler in ns.
 */
final class GroupRate {
    /** Not woken by time: something else must happen first. */
    static final long NEVER = Long.MAX_VALUE;

    final long group;
    private final long interval;
    private final long burst;
    /** The time from which on a whole burst is there. */
    long due;
    /** Tasks that were granted and not offered yet. */
    long granted;
    /** The lists that wait for it. */
    private List<WaitingList> blocked = new ArrayList<>();
    /** The time under which it waits to be woken. */
    long wakeAt = NEVER;

    GroupRate(long group, DispatchRate rate, long due) {
        this.group = group;
        this.interval = rate.interval();
        this.burst = rate.burst();
        this.due = due;
    }

    /** Forgets the debt of a slower rate: it is due in a burst's time at the latest. Returns whether that changed something. */
    boolean begin(long now) {
        long latest = now + burst * interval;
        boolean owed = due > latest;
        due = Math.min(due, latest);
        return owed;
    }

    /** Forgets the grants, and the lists, which are looked at again. */
    void beginCount() {
        granted = 0;
        blocked.clear();
        wakeAt = NEVER;
    }

    /** The tasks that may be offered at once now. */
    long available(long now) {
        long ahead = Math.max(0, due - now);
        return burst - (ahead + interval - 1) / interval;
    }

    boolean mayGrant(long now) {
        return granted < available(now);
    }

    /** Counts a task that is offered. */
    void take(long now) {
        due = Math.max(due, now) + interval;
    }

    /** The earliest time at which one more task may be granted, unless something else happens. */
    long nextGrant() {
        return granted >= burst ? NEVER : due - (burst - granted - 1) * interval;
    }

    boolean isAwaited() {
        return !blocked.isEmpty();
    }

    void block(WaitingList list) {
        blocked.add(list);
    }

    /** Returns the blocked lists, which are so no more. */
    List<WaitingList> unblock() {
        List<WaitingList> all = blocked;
        blocked = new ArrayList<>();
        return all;
    }

    long burst() {
        return burst;
    }
}
