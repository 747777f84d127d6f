package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.window.ReadPositions;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windows of one shard: that of the default pool, and one of each other pool whose topic is known here. Used by the stream thread
 * alone.
 *
 * <p>A pool's window counts what its group has taken, for execution managers that send no outcomes (O3), and chooses the partitions. The number
 * of outstanding assignments is bounded by a limit in the core.
 */
final class ShardPools implements AutoCloseable {
    private static final String DEFAULT = "";

    private final int shard;
    private final Window window;
    private final ShardWindow ofDefault;
    private final KeyValueStore<Bytes, byte[]> state;
    private final Map<String, Open> open = new HashMap<>();
    private final Scheduler scheduler;
    /** Null if this deployment places no tasks on hosts. */
    private final PlacedPools placed;

    private PolicySnapshot given = PolicySnapshot.NONE;
    private LivePolicy within = LivePolicy.NONE;
    private long changes = -1;

    /** @param floor null unless this is the shard that stores it */
    private record Open(Window from, ShardWindow window, TakenFloor floor) {
        void close() {
            if (floor != null) {
                floor.close();
            }
            window.close();
        }
    }

    /**
     * Opens the pools of a shard.
     *
     * @param ofDefault the shard's window in the default pool, which the caller closes
     * @param placesOnHosts whether this deployment can place tasks on hosts; if not, nothing is dispatched to a pool that is to
     */
    ShardPools(
            int shard,
            Window window,
            ShardWindow ofDefault,
            KeyValueStore<Bytes, byte[]> state,
            Scheduler scheduler,
            boolean placesOnHosts) {
        this.shard = shard;
        this.window = window;
        this.ofDefault = ofDefault;
        this.state = state;
        this.scheduler = scheduler;
        this.placed = placesOnHosts ? new PlacedPools(state) : null;
    }

    /** Returns whether any pool but the default one may have assignments of this shard. */
    boolean areUsed() {
        return !open.isEmpty() || !placed().isEmpty();
    }

    /** Returns whether tasks of a pool are to be placed on hosts. */
    boolean isPlaced(String pool) {
        return given.placed().contains(pool);
    }

    /** Returns whether tasks of a resource group may lose their hosts to tasks of higher priority. */
    boolean isPreemptible(long group) {
        return given.preemption().isPreemptible(group);
    }

    /** Returns whether the assignment with a number, one of this pool, was handed over to placement. */
    boolean isPlaced(String pool, long number) {
        return placed != null && placed.contains(pool, number);
    }

    /** The pools that place tasks on hosts, or did so before and may have tasks on them. */
    Set<String> placed() {
        return placed == null ? Set.of() : placed.names();
    }

    /** The window of a pool; null if it has none here, as before its topic is known. */
    ShardWindow of(String pool) {
        if (pool.equals(DEFAULT)) {
            return ofDefault;
        }
        Open found = open.get(pool);
        return found == null ? null : found.window();
    }

    /** The policy for the next decisions: nothing can be dispatched to a pool whose topic is not known. */
    @SuppressWarnings("ReferenceEquality") // a snapshot that was made anew is looked at again
    LivePolicy within(PolicySnapshot policy) {
        long now = window.poolChanges();
        if (policy != given || now != changes) {
            given = policy;
            changes = now;
            if (placed != null) {
                long[] oldest = scheduler.holding(0, 1);
                placed.follow(
                        policy.placed(),
                        scheduler.view().assignments(),
                        oldest.length == 0 ? Long.MAX_VALUE : oldest[0]);
            }
            follow();
        }
        return within;
    }

    private void follow() {
        LivePolicy live = given.live();
        Map<String, Long> limits = new TreeMap<>(live.limits());
        boolean all = true;
        for (String key : live.limits().keySet()) {
            if (LimitKeys.isOfPool(key) && !isUsable(LimitKeys.pool(key))) {
                limits.put(key, 0L);
                all = false;
            }
        }
        // Also those of pools that are gone and may still have outstanding assignments.
        open.keySet().stream().toList().forEach(this::reopen);
        within = all ? live : live.withLimits(limits);
    }

    private boolean isUsable(String pool) {
        return reopen(pool) && (placed != null || !given.placed().contains(pool));
    }

    /** Opens the window of a pool that may not be in the policy any more. Returns it, or null if its topic is not known. */
    ShardWindow obtain(String pool) {
        if (!pool.equals(DEFAULT) && !open.containsKey(pool) && !reopen(pool)) {
            window.seek(pool);
        }
        return of(pool);
    }

    private boolean reopen(String pool) {
        Window now = window.pool(pool);
        Open before = open.get(pool);
        if (before != null && !before.from().equals(now)) {
            before.close();
            open.remove(pool);
        }
        if (now != null && !open.containsKey(pool)) {
            TakenFloor floor = shard == 0 ? new TakenFloor(state, now, pool) : null;
            open.put(pool, new Open(now, now.open(shard), floor));
        }
        return now != null;
    }

    /** Tells up to where the shards have read outcomes and sessions. */
    ReadPositions readPositions() {
        return window.readPositions();
    }

    /** A number that grows when a group has taken assignments. */
    long takings() {
        long sum = ofDefault.takings();
        for (Open pool : open.values()) {
            sum += pool.window().takings();
        }
        return sum;
    }

    /** Takes assignments out of the windows that have ended and were counted anew, as after a start. */
    void dropEnded(LongPredicate hasEnded) {
        ofDefault.dropEnded(hasEnded);
        open.values().forEach(pool -> pool.window().dropEnded(hasEnded));
    }

    /** Stores how far the groups are, if this is the shard that does. */
    void storeFloors(long now) {
        if (shard == 0) {
            open.values().forEach(pool -> pool.floor().tick(now));
        }
    }

    @Override
    public void close() {
        open.values().forEach(Open::close);
        open.clear();
    }
}
