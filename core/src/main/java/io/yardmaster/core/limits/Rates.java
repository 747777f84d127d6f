package io.yardmaster.core.limits;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitWait;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rates of groups (L7). A group that has used its rate up is not looked at until the time at which its next task may be
 * offered. The times are stored, also from one session to the next.
 */
final class Rates {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The most groups whose time is looked at in one tick to see whether it can be forgotten. */
    private static final int FORGOTTEN_PER_TICK = 10;

    private static final Comparator<GroupRate> BY_WAKING =
            Comparator.<GroupRate>comparingLong(rate -> rate.wakeAt).thenComparingLong(rate -> rate.group);

    private final Storage storage;
    private final LongSupplier age;
    private final Runnable changes;
    private Map<Long, DispatchRate> policy = Map.of();
    private final Map<Long, GroupRate> byGroup = new TreeMap<>();
    /** The times of groups, also of those that have no rate at present. */
    private final TreeMap<Long, Long> due = new TreeMap<>();

    private final TreeSet<GroupRate> waking = new TreeSet<>(BY_WAKING);
    private final Set<Long> changed = new LinkedHashSet<>();
    /** The group that is next to be looked at, whether its time can be forgotten. */
    private long forgetFrom = Long.MIN_VALUE;

    /**
     * Rates without a time, until {@link #load}.
     *
     * @param age of the scheduler, in ms
     * @param changes is told of each time that is forgotten
     */
    Rates(Storage storage, LongSupplier age, Runnable changes) {
        this.storage = storage;
        this.age = age;
        this.changes = changes;
    }

    void load() {
        storage.scan(Keys.rates(), (key, value) -> due.put(Keys.lastLong(key), new StateReader(value).unsigned()));
    }

    private long now() {
        return age.getAsLong() * NANOS_PER_MILLI;
    }

    /** Follows the policy. Returns whether it has changed, so that all grants must be counted again. */
    boolean follow(Map<Long, DispatchRate> rates) {
        if (rates == policy || rates.equals(policy)) {
            policy = rates;
            return false;
        }
        policy = rates;
        byGroup.clear();
        waking.clear();
        rates.forEach((group, rate) -> {
            GroupRate followed = new GroupRate(group, rate, due.getOrDefault(group, 0L));
            if (followed.begin(now())) {
                keep(followed);
            }
            byGroup.put(group, followed);
        });
        return true;
    }

    boolean isEmpty() {
        return byGroup.isEmpty();
    }

    boolean limits(long group) {
        return !byGroup.isEmpty() && byGroup.containsKey(group);
    }

    void beginCount() {
        byGroup.values().forEach(GroupRate::beginCount);
        waking.clear();
    }

    /** Counts grants. */
    void grant(long group, long tasks) {
        GroupRate rate = byGroup.isEmpty() ? null : byGroup.get(group);
        if (rate != null) {
            rate.granted += tasks;
            schedule(rate);
        }
    }

    /** The rate of a group that lets no more of its tasks be granted now; null if there is none. */
    @Nullable
    GroupRate lacking(long group) {
        GroupRate rate = byGroup.isEmpty() ? null : byGroup.get(group);
        return rate == null || rate.mayGrant(now()) ? null : rate;
    }

    /** Returns whether a task of the group can be offered now. */
    boolean hasRoom(long group) {
        GroupRate rate = byGroup.isEmpty() ? null : byGroup.get(group);
        return rate == null || rate.available(now()) > 0;
    }

    /** Counts a task that is offered. */
    void take(long group) {
        GroupRate rate = byGroup.isEmpty() ? null : byGroup.get(group);
        if (rate != null) {
            rate.take(now());
            keep(rate);
            schedule(rate);
        }
    }

    private void keep(GroupRate rate) {
        due.put(rate.group, rate.due);
        changed.add(rate.group);
    }

    /** Has a list wait until another task of its group may be granted. */
    void block(WaitingList list, GroupRate rate) {
        rate.block(list);
        schedule(rate);
    }

    private void schedule(GroupRate rate) {
        if (rate.wakeAt != GroupRate.NEVER) {
            waking.remove(rate);
        }
        rate.wakeAt = rate.isAwaited() ? rate.nextGrant() : GroupRate.NEVER;
        if (rate.wakeAt != GroupRate.NEVER) {
            waking.add(rate);
        }
    }

    /**
     * Passes on the lists of groups whose next task may be granted now, and which wait no more: of so many groups at most.
     *
     * @return the number of these groups
     */
    int wake(int most, Consumer<WaitingList> each) {
        int woken = 0;
        for (; woken < most && !waking.isEmpty() && waking.first().wakeAt <= now(); woken++) {
            GroupRate rate = waking.first();
            List<WaitingList> lists = rate.unblock();
            schedule(rate);
            lists.forEach(each);
        }
        return woken;
    }

    /** The time, in ms, until the next task may go of those that wait for the rate of their group; -1 if none waits. */
    long untilNext() {
        if (waking.isEmpty()) {
            return -1;
        }
        long nanos = Math.max(1, waking.first().wakeAt - now());
        return (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }

    /** The reason for which a task of a group waits, if it is its rate. */
    @Nullable
    LimitWait reason(long group) {
        GroupRate rate = lacking(group);
        return rate == null
                ? null
                : new LimitWait(LimitKeys.rateOfGroup(group), 1, rate.burst() - rate.available(now()), rate.burst());
    }

    /** Forgets the times of some groups that have a whole burst again. */
    void forget() {
        Map.Entry<Long, Long> next = due.ceilingEntry(forgetFrom);
        for (int looked = 0; next != null && looked < FORGOTTEN_PER_TICK; looked++) {
            long group = next.getKey();
            if (next.getValue() <= now()) {
                due.remove(group);
                changed.add(group);
                changes.run();
            }
            next = due.higherEntry(group);
        }
        forgetFrom = next == null ? Long.MIN_VALUE : next.getKey();
    }

    void flush(StateWriter writer) {
        for (long group : changed) {
            Long time = due.get(group);
            if (time == null) {
                storage.delete(Keys.rate(group));
            } else {
                storage.put(Keys.rate(group), writer.reset().unsigned(time).toBytes());
            }
        }
        changed.clear();
    }
}
