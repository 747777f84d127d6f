package io.yardmaster.core.limits;

import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.LivePolicy;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rates of groups and pools (L7). A task of a group and a pool that have one each counts for both. */
final class Rates {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier now;
    private final RateTable<Long> groups;
    private final RateTable<String> pools;

    /**
     * Rates without a time, until {@link #load}.
     *
     * @param age of the scheduler, in ms
     * @param changes is told of each time that is forgotten
     */
    Rates(Storage storage, LongSupplier age, Runnable changes) {
        now = () -> age.getAsLong() * NANOS_PER_MILLI;
        groups = new RateTable<>(RateOwners.GROUPS, storage, now, changes);
        pools = new RateTable<>(RateOwners.POOLS, storage, now, changes);
    }

    void load() {
        groups.load();
        pools.load();
    }

    /** Follows the policy. Returns whether a rate has changed, so that all grants must be counted again. */
    boolean follow(LivePolicy live) {
        boolean others = groups.follow(live.rates());
        return pools.follow(live.poolRates()) || others;
    }

    /** Returns whether there are rates of groups, which count all of their tasks. */
    boolean limitGroups() {
        return !groups.isEmpty();
    }

    /** The rate of a group; null if it has none. */
    @Nullable
    RateLimiter<Long> ofGroup(long group) {
        return groups.isEmpty() ? null : groups.find(group);
    }

    /** The rate of a pool; null if it has none. */
    @Nullable
    RateLimiter<String> ofPool(String pool) {
        return pools.isEmpty() ? null : pools.find(pool);
    }

    void beginCount() {
        groups.beginCount();
        pools.beginCount();
    }

    /** Counts grants; with a negative number, grants that were used or taken back. */
    void grant(long group, String pool, long tasks) {
        RateLimiter<Long> ofGroup = ofGroup(group);
        if (ofGroup != null) {
            ofGroup.grant(tasks);
        }
        RateLimiter<String> ofPool = ofPool(pool);
        if (ofPool != null) {
            ofPool.grant(tasks);
        }
    }

    /** Returns whether a task can be offered now. */
    boolean haveRoom(long group, String pool) {
        RateLimiter<Long> ofGroup = ofGroup(group);
        RateLimiter<String> ofPool = ofPool(pool);
        return (ofGroup == null || ofGroup.available() > 0) && (ofPool == null || ofPool.available() > 0);
    }

    /** Counts a task that is offered. */
    void take(long group, String pool) {
        RateLimiter<Long> ofGroup = ofGroup(group);
        if (ofGroup != null) {
            ofGroup.take();
        }
        RateLimiter<String> ofPool = ofPool(pool);
        if (ofPool != null) {
            ofPool.take();
        }
    }

    /**
     * Passes on the rates for which something waits and of which the next task may be granted now: so many at most.
     *
     * @return the number of these
     */
    int wake(int most, Consumer<Constraint> each) {
        int woken = groups.wake(most, each);
        return woken + pools.wake(most - woken, each);
    }

    /** The time, in ms, until the next task may go of those that wait for a rate; -1 if none waits. */
    long untilNext() {
        long next = Math.min(groups.nextWaking(), pools.nextWaking());
        if (next == RateLimiter.NEVER) {
            return -1;
        }
        long nanos = Math.max(1, next - now.getAsLong());
        return (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }

    /** The reason for which a task of a group and a pool waits, if it is the rate of one of them; null if it is not. */
    @Nullable
    LimitWait reason(long group, String pool) {
        LimitWait reason = reason(ofGroup(group));
        return reason == null ? reason(ofPool(pool)) : reason;
    }

    private static @Nullable LimitWait reason(@Nullable RateLimiter<?> rate) {
        return rate == null || rate.mayGrant(1, 0)
                ? null
                : new LimitWait(rate.key, 1, rate.burst() - rate.available(), rate.burst());
    }

    /** Forgets the times of some that have a whole burst again. */
    void forget() {
        groups.forget();
        pools.forget();
    }

    void flush(StateWriter writer) {
        groups.flush(writer);
        pools.flush(writer);
    }
}
