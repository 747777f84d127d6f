package io.yardmaster.core.placement;

/**
 * The operator's choices about the placement of a pool.
 *
 * @param planLimit how many tasks a plan places at most, 1 or more
 * @param silentAfterMs how long ago a host's last heartbeat may be until it gets nothing new, positive
 * @param safetyMs how long a host is silent beyond that until its bookings are released, positive
 * @param futureMs how far a heartbeat may be ahead of the scheduler's clock, 0 or more
 * @param backoffMs how long a pool in which nothing fitted is not planned unless something changes, positive
 * @param busiestFirst whether of two pools of one rank the one goes first that placed more tasks last time
 * @param preemption how many tasks a plan may take from lower priorities at most; 0 for no preemption
 */
public record PlacementPolicy(
        PlacementStrategy strategy,
        int planLimit,
        long silentAfterMs,
        long safetyMs,
        long futureMs,
        long backoffMs,
        boolean busiestFirst,
        int preemption) {
    /** The policy of a pool of which none was set. */
    public static final PlacementPolicy DEFAULT =
            new PlacementPolicy(BestFit.DEFAULT, 100_000, 10_000, 30_000, 5_000, 3_000, true, 0);

    public PlacementPolicy {
        require(planLimit > 0, "plan limit", planLimit);
        require(silentAfterMs > 0, "silence limit", silentAfterMs);
        require(safetyMs > 0, "safety time", safetyMs);
        require(futureMs >= 0, "tolerance of clocks", futureMs);
        require(backoffMs > 0, "back-off", backoffMs);
        require(preemption >= 0, "number of preempted tasks", preemption);
    }

    private static void require(boolean holds, String name, long value) {
        if (!holds) {
            throw new IllegalArgumentException("the %s must be positive, not %s".formatted(name, value));
        }
    }

    /** The same with another strategy. */
    public PlacementPolicy with(PlacementStrategy other) {
        return new PlacementPolicy(
                other, planLimit, silentAfterMs, safetyMs, futureMs, backoffMs, busiestFirst, preemption);
    }

    /** The same with another limit of a plan. */
    public PlacementPolicy withPlanLimit(int limit) {
        return new PlacementPolicy(
                strategy, limit, silentAfterMs, safetyMs, futureMs, backoffMs, busiestFirst, preemption);
    }

    /** The same with another back-off, and another order of pools of one rank. */
    public PlacementPolicy withTurns(long backoff, boolean busiest) {
        return new PlacementPolicy(
                strategy, planLimit, silentAfterMs, safetyMs, futureMs, backoff, busiest, preemption);
    }

    /** The same with preemption of at most so many tasks in a plan. */
    public PlacementPolicy withPreemption(int most) {
        return new PlacementPolicy(
                strategy, planLimit, silentAfterMs, safetyMs, futureMs, backoffMs, busiestFirst, most);
    }
}
