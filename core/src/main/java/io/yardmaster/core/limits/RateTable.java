package io.yardmaster.core.limits;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.DispatchRate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rates of all groups, or of all pools. One that is used up is not looked at until the time at which its next task may be
 * offered. The times are stored, also from one session to the next.
 */
final class RateTable<K extends Comparable<K>> {
    /** The most times that are looked at in one tick to see whether they can be forgotten. */
    private static final int FORGOTTEN_PER_TICK = 10;

    private final RateOwners<K> owners;
    private final Storage storage;
    private final LongSupplier now;
    private final Runnable changes;
    private Map<K, DispatchRate> policy = Map.of();
    private final Map<K, RateLimiter<K>> byOwner = new TreeMap<>();
    /** The times of owners, also of those that have no rate at present. */
    private final TreeMap<K, RateTime> due = new TreeMap<>();

    private final TreeSet<RateLimiter<K>> waking = new TreeSet<>(
            Comparator.<RateLimiter<K>>comparingLong(rate -> rate.wakeAt).thenComparing(rate -> rate.owner));
    private final Set<K> changed = new LinkedHashSet<>();
    /** The owner that is next to be looked at, whether its time can be forgotten; null for the first. */
    private @Nullable K forgetFrom;

    /**
     * Rates without a time, until {@link #load}.
     *
     * @param now the age of the scheduler, in ns
     * @param changes is told of each time that is forgotten
     */
    RateTable(RateOwners<K> owners, Storage storage, LongSupplier now, Runnable changes) {
        this.owners = owners;
        this.storage = storage;
        this.now = now;
        this.changes = changes;
    }

    void load() {
        storage.scan(
                owners.prefix().get(),
                (key, value) -> due.put(owners.owner().apply(key), RateTime.read(new StateReader(value))));
    }

    long now() {
        return now.getAsLong();
    }

    /** Follows the policy. Returns whether it has changed, so that all grants must be counted again. */
    boolean follow(Map<K, DispatchRate> rates) {
        if (rates == policy || rates.equals(policy)) {
            policy = rates;
            return false;
        }
        policy = rates;
        byOwner.clear();
        waking.clear();
        rates.forEach((owner, rate) -> {
            RateLimiter<K> followed = new RateLimiter<>(owner, owners.key().apply(owner), this, rate);
            if (followed.begin(due.getOrDefault(owner, RateTime.NONE))) {
                keep(followed);
            }
            byOwner.put(owner, followed);
        });
        return true;
    }

    boolean isEmpty() {
        return byOwner.isEmpty();
    }

    /** The rate of this owner; null if it has none. */
    @Nullable
    RateLimiter<K> find(K owner) {
        return byOwner.get(owner);
    }

    void beginCount() {
        byOwner.values().forEach(RateLimiter::beginCount);
        waking.clear();
    }

    /** Takes note of a new time. */
    void keep(RateLimiter<K> rate) {
        due.put(rate.owner, rate.time());
        changed.add(rate.owner);
    }

    /** Must follow each change of when the next task may be granted, or of whether one waits. */
    void schedule(RateLimiter<K> rate) {
        if (rate.wakeAt != RateLimiter.NEVER) {
            waking.remove(rate);
        }
        rate.wakeAt = rate.isAwaited() ? rate.nextGrant() : RateLimiter.NEVER;
        if (rate.wakeAt != RateLimiter.NEVER) {
            waking.add(rate);
        }
    }

    /**
     * Passes on the rates for which something waits and of which the next task may be granted now: so many at most.
     *
     * @param each must not change rates
     * @return the number of these
     */
    int wake(int most, Consumer<? super RateLimiter<K>> each) {
        int woken = 0;
        for (; woken < most && !waking.isEmpty() && waking.first().wakeAt <= now(); woken++) {
            RateLimiter<K> rate = waking.first();
            waking.remove(rate);
            rate.wakeAt = RateLimiter.NEVER;
            each.accept(rate);
        }
        return woken;
    }

    /** The age at which {@link #wake} finds the next one, if nothing else happens. */
    long nextWaking() {
        return waking.isEmpty() ? RateLimiter.NEVER : waking.first().wakeAt;
    }

    /** Forgets the times of some owners that have a whole burst again. */
    void forget() {
        if (due.isEmpty()) {
            return;
        }
        Map.Entry<K, RateTime> next = forgetFrom == null ? due.firstEntry() : due.ceilingEntry(forgetFrom);
        for (int looked = 0; next != null && looked < FORGOTTEN_PER_TICK; looked++) {
            K owner = next.getKey();
            if (next.getValue().due() <= now()) {
                due.remove(owner);
                changed.add(owner);
                changes.run();
            }
            next = due.higherEntry(owner);
        }
        forgetFrom = next == null ? null : next.getKey();
    }

    void flush(StateWriter writer) {
        for (K owner : changed) {
            RateTime time = due.get(owner);
            byte[] key = owners.stored().apply(owner);
            if (time == null) {
                storage.delete(key);
            } else {
                storage.put(key, time.write(writer.reset()).toBytes());
            }
        }
        changed.clear();
    }
}
