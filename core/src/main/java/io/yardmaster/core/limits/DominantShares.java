package io.yardmaster.core.limits;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitKeys;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The service that each group has had of the limits (L3): of each limit, the sum over its tasks of their time, times the part of the limit that
 * a task holds, by the group's weight. The largest of these is what the group has had. A task counts with its expected time when it is
 * granted, and with its own when it has ended. Whole numbers only, so that the order is the same on every machine and after every restart.
 */
final class DominantShares implements Section {
    private static final int TAG = 14;

    /** The expected time of a task as long as none of its group has ended, in ms. */
    private static final long UNKNOWN = 1_000;

    /** A longer time counts as this one, in ms: a year. */
    private static final long LONGEST = 365L * 24 * 60 * 60 * 1_000;

    /** A part of a limit in these is a part of 2 to the power of 40. */
    private static final int PART_SHIFT = 40;

    /** A whole limit for 1 ms is a service of 2 to the power of 14. */
    private static final int SERVICE_SHIFT = 14;

    private static final long MOST_UNITS = 1 << 20;

    /** A weight of 1 in these units is 1,024. */
    private static final int WEIGHT_SHIFT = 10;

    private static final long WEIGHT_ONE = 1 << 10;

    private static final int FORGOTTEN_PER_TICK = 10;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final TreeMap<Long, ServiceAccount> accounts = new TreeMap<>();
    private final Set<Long> changed = new LinkedHashSet<>();
    private Map<String, Long> capacities = Map.of();
    /** The service of the group that was granted a task last: a group that joins counts as having had as much, so that it has saved nothing up (L2). */
    private long floor;

    DominantShares(Storage storage, Keys keys, Ledger ledger) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        ledger.keep(TAG, this);
    }

    void load() {
        storage.scan(
                keys.accounts(),
                (key, value) -> accounts.put(Keys.lastLong(key), ServiceAccount.read(new StateReader(value))));
    }

    /** Knows the capacities that all schedulers have together from now on. */
    void know(Map<String, Long> all) {
        capacities = all;
    }

    private ServiceAccount account(long group) {
        return accounts.computeIfAbsent(group, ignored -> {
            changed.add(group);
            return new ServiceAccount(floor);
        });
    }

    /** The service of a group that joins: it had no task waiting. */
    long join(long group) {
        ServiceAccount account = account(group);
        if (account.raise(floor)) {
            changed.add(group);
        }
        return account.dominant();
    }

    long had(long group) {
        return account(group).dominant();
    }

    /**
     * The service that groups have had since they last had nothing to do, those with the most first. Takes time proportional to the groups.
     *
     * @param limit the most groups
     */
    List<GroupShare> most(int limit) {
        return accounts.entrySet().stream()
                .map(account -> new GroupShare(
                        account.getKey(), account.getValue().own() / (double) (1 << SERVICE_SHIFT) / MILLIS_PER_SECOND))
                .sorted(Comparator.comparingDouble(GroupShare::seconds)
                        .reversed()
                        .thenComparingLong(GroupShare::group))
                .limit(limit)
                .toList();
    }

    /** The expected time of a task, in ms. */
    long expected(long group, Shape shape) {
        ServiceAccount account = accounts.get(group);
        return account == null ? UNKNOWN : account.expected(shape.id, UNKNOWN);
    }

    /** Counts tasks of a group that are granted, or with a negative number taken back, with their expected time. */
    void grant(long group, Shape shape, long weight, long tasks) {
        if (tasks > 0) {
            floor = Math.max(floor, account(group).dominant());
            ledger.touch();
        }
        add(group, shape, weight, expected(group, shape), tasks);
    }

    /** Counts the service of so many tasks that each take so long. */
    private void add(long group, Shape shape, long weight, long millis, long tasks) {
        ServiceAccount account = account(group);
        for (int i = 0; i < shape.limits.length; i++) {
            account.add(shape.limits[i].key, tasks * service(shape.limits[i].key, shape.units[i], millis, weight));
        }
        if (capacities.containsKey(LimitKeys.ALL)) {
            account.add(LimitKeys.ALL, tasks * service(LimitKeys.ALL, 1, millis, weight));
        }
        changed.add(group);
    }

    /**
     * Counts the time of a task that has ended instead of the expected one.
     *
     * @param learn whether the next ones are expected to take as long
     */
    void ended(HeldUnits.Held held, long ran, long weight, boolean learn) {
        add(held.group(), held.shape(), weight, held.expected(), -1);
        add(held.group(), held.shape(), weight, ran, 1);
        if (learn) {
            account(held.group()).learn(held.shape().id, ran);
        }
    }

    /** The part that some units are of a limit, times a time, over the weight of the group; 1 or more. */
    private long service(String limit, long units, long millis, long weight) {
        long capacity = capacities.getOrDefault(limit, 0L);
        long time = Math.min(LONGEST, millis);
        long whole = capacity == 0 ? 0 : service(units, capacity, time);
        return Math.max(1, whole * WEIGHT_ONE / Math.max(1, weight >> WEIGHT_SHIFT));
    }

    private static long service(long units, long capacity, long time) {
        long scaled = Math.min(units, capacity);
        long of = capacity;
        while (scaled > MOST_UNITS) {
            scaled >>= 1;
            of >>= 1;
        }
        long part = (scaled << PART_SHIFT) / of;
        int shift = PART_SHIFT - SERVICE_SHIFT;
        return Math.multiplyHigh(part, time) << (Long.SIZE - shift) | (part * time) >>> shift;
    }

    /** Forgets some groups, when no task waits or holds something: then none is owed anything. */
    void forgetSome() {
        for (int forgotten = 0; forgotten < FORGOTTEN_PER_TICK && !accounts.isEmpty(); forgotten++) {
            changed.add(accounts.pollFirstEntry().getKey());
            ledger.note();
        }
    }

    void flush(StateWriter writer) {
        for (long group : changed) {
            ServiceAccount account = accounts.get(group);
            if (account == null) {
                storage.delete(keys.account(group));
            } else {
                account.write(writer.reset());
                storage.put(keys.account(group), writer.toBytes());
            }
        }
        changed.clear();
    }

    @Override
    public boolean isInitial() {
        return floor == 0;
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(floor);
    }

    @Override
    public void read(StateReader reader) {
        floor = reader.unsigned();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no limits.
    }

    @Override
    public void beginSession() {
        accounts.clear();
        changed.clear();
        floor = 0;
    }
}
