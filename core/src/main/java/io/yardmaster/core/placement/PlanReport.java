package io.yardmaster.core.placement;

import java.util.Map;

/**
 * The result of a plan.
 *
 * @param placed tasks that got a place
 * @param preempted tasks that lost theirs to tasks of higher priority
 * @param dropped tasks of which the decision did not hold any more, by reason
 * @param ageMs the time from its snapshot to its application
 * @param planningMs the time that the planner took
 * @param blocked offers of which tasks have no place
 */
public record PlanReport(
        String pool,
        int placed,
        int preempted,
        Map<PlacementDropReason, Integer> dropped,
        long ageMs,
        long planningMs,
        int blocked,
        PlanCounters counters) {
    public PlanReport {
        dropped = Map.copyOf(dropped);
    }

    /** The result of a plan of which this part was applied at a time. */
    static PlanReport of(String pool, PlanRunner.Result.Planned made, Reconciled applied, long now) {
        Plan plan = made.plan();
        return new PlanReport(
                pool,
                applied.kept().size(),
                applied.preempted().size(),
                applied.dropped(),
                now - plan.at(),
                made.millis(),
                plan.blocked().size(),
                plan.counters());
    }
}
