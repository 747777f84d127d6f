package io.yardmaster.core.placement;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Chooses the pool that is planned next (P6). A pool in which nothing fitted waits for a change, such as a host, a release or a new shape, or
 * for the end of its back-off. A pool without offers is not in here and costs nothing.
 */
public final class PoolTurns {
    /** The end of the back-off of a pool that had no plan yet. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final Comparator<PoolStanding> HIGHEST =
            Comparator.comparingInt(PoolStanding::rank).reversed();
    private static final Comparator<PoolStanding> BUSIEST =
            Comparator.comparingLong(PoolStanding::lastPlaced).reversed();
    private static final Comparator<PoolStanding> NAME = Comparator.comparing(PoolStanding::pool);

    private final TreeMap<String, PoolStanding> pools = new TreeMap<>();

    /** The turns without any pool. */
    public PoolTurns() {}

    /** The turns after a failover (P7). */
    public PoolTurns(Collection<PoolStanding> standings) {
        standings.forEach(each -> pools.put(each.pool(), each));
    }

    /** Something changed in a pool that has offers; its highest priority is its rank. */
    public void changed(String pool, int rank) {
        PoolStanding before = pools.get(pool);
        pools.put(
                pool,
                new PoolStanding(
                        pool,
                        rank,
                        true,
                        before == null ? NEVER : before.retryAt(),
                        before == null ? 0 : before.lastPlaced()));
    }

    /** Returns whether a pool that has offers is known with this rank. */
    boolean has(String pool, int rank) {
        PoolStanding known = pools.get(pool);
        return known != null && known.rank() == rank;
    }

    /** Forgets the pools that have no offers. */
    void retain(Predicate<String> haveOffers) {
        pools.keySet().removeIf(haveOffers.negate());
    }

    /** A pool has no offers left. */
    public void emptied(String pool) {
        pools.remove(pool);
    }

    /** The pool to be planned at a time; empty if none wants a plan. */
    public Optional<String> next(PlacementPolicy policy, long now) {
        Comparator<PoolStanding> order = policy.busiestFirst()
                ? HIGHEST.thenComparing(BUSIEST).thenComparing(NAME)
                : HIGHEST.thenComparing(NAME);
        return pools.values().stream()
                .filter(each -> each.changed() || isOver(each.retryAt(), policy, now))
                .min(order)
                .map(PoolStanding::pool);
    }

    /** True at the end of a back-off, and if it ends later than any from now on, as the clock was put back. */
    private static boolean isOver(long retryAt, PlacementPolicy policy, long now) {
        return now >= retryAt || (retryAt != NEVER && retryAt - now > policy.backoffMs());
    }

    /** A plan of a pool has its snapshot: a change from now on asks for another plan. */
    public void begun(String pool) {
        pools.computeIfPresent(
                pool, (name, each) -> new PoolStanding(name, each.rank(), false, each.retryAt(), each.lastPlaced()));
    }

    /** A plan of a pool was applied, and so many tasks got a place. */
    public void planned(String pool, long placed, PlacementPolicy policy, long now) {
        pools.computeIfPresent(
                pool,
                (name, each) -> new PoolStanding(
                        name, each.rank(), each.changed(), placed > 0 ? now : now + policy.backoffMs(), placed));
    }

    /** The plan of a pool was lost: it wants another one. */
    public void lost(String pool) {
        pools.computeIfPresent(
                pool, (name, each) -> new PoolStanding(name, each.rank(), true, each.retryAt(), each.lastPlaced()));
    }

    /** The state, to be kept. */
    public List<PoolStanding> standings() {
        return List.copyOf(pools.values());
    }
}
