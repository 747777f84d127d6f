package io.yardmaster.core.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Has pools planned with as many victims as the policy allows, and takes their places away. In any time t at most as many tasks of a pool lose
 * theirs as the policy allows in a minute and in t together. The state has what was taken, so that a failover allows no more.
 */
final class Preemptions {
    private static final long MINUTE_MS = 60_000;

    /**
     * The account of the places that tasks of a pool have lost.
     *
     * @param owed each task adds the ms of a minute, and each ms takes away as many as there may be tasks in a minute
     * @param at when it was counted, in epoch ms
     */
    record Spent(long owed, long at) {
        static final Spent NOTHING = new Spent(0, 0);

        /** The same at a later time; if the clock was put back, no time has passed. */
        Spent at(long now, int perMinute) {
            long most = perMinute * MINUTE_MS;
            long passed = Math.max(0, Math.min(MINUTE_MS, now - at));
            return new Spent(Math.max(0, Math.min(most, owed) - passed * perMinute), now);
        }
    }

    private final PoolState state;
    private final PlacementPolicy policy;
    private final PoolChoices choices;
    private final PlacementOutput output;
    private final Map<String, Spent> spent;
    /** The policy of the plan under way, which another thread may make. */
    private volatile PlacementPolicy planned;

    Preemptions(PoolState state, PlacementPolicy policy, PoolChoices choices, PlacementOutput output) {
        this.state = state;
        this.policy = policy;
        this.choices = choices;
        this.output = output;
        this.spent = new HashMap<>(state.preempted());
        this.planned = policy;
    }

    /** The policy of a pool, with its strategy and as many tasks as may lose their places now. */
    PlacementPolicy policy(String pool, long now) {
        PlacementPolicy own = choices.strategy(pool).map(policy::with).orElse(policy);
        int most = choices.preemptions(pool);
        if (most == 0) {
            return own;
        }
        // It is kept as of now, so that time passes from here on also if the clock was put back.
        Spent present = spent.computeIfPresent(pool, (name, before) -> before.at(now, most));
        long owed = present == null ? 0 : present.owed();
        return own.withPreemption((int) (most - (owed + MINUTE_MS - 1) / MINUTE_MS));
    }

    /** The next plan is one of this pool. */
    void begin(String pool, long now) {
        planned = policy(pool, now);
    }

    /** Makes the plan of the pool that was begun. */
    Plan plan(PlacementSnapshot snapshot, BooleanSupplier cancelled) {
        return Planner.plan(snapshot, planned, cancelled);
    }

    /** Ends the bookings of tasks that lose their places, no more of them than {@link #policy} says. */
    void take(PoolBook book, List<Preempted> preempted, long now) {
        String pool = book.pool();
        // Members of a gang in their order, in which their shard offers them again.
        List<Preempted> byTask = preempted.stream()
                .sorted(Comparator.comparing(each -> each.victim().task()))
                .toList();
        for (Preempted each : byTask) {
            TaskRef task = each.victim().task();
            PlacedTask placed = book.endPlace(task);
            if (placed == null) {
                throw new IllegalStateException(each + " has no place");
            }
            state.delete(placed);
            output.preempted(pool, placed, each.reason());
        }
        if (!preempted.isEmpty()) {
            Spent before = spent.getOrDefault(pool, Spent.NOTHING).at(now, choices.preemptions(pool));
            Spent after = new Spent(before.owed() + preempted.size() * MINUTE_MS, now);
            spent.put(pool, after);
            state.put(pool, after);
        }
    }
}
