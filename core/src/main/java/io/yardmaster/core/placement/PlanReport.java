package io.yardmaster.core.placement;

import java.util.Map;

/**
 * The result of a plan.
 *
 * @param placed tasks that got a place
 * @param dropped tasks of which the decision did not hold any more, by reason
 * @param ageMs the time from its snapshot to its application
 * @param planningMs the time that the planner took
 * @param blocked offers of which tasks have no place
 */
public record PlanReport(
        String pool,
        int placed,
        Map<PlacementDropReason, Integer> dropped,
        long ageMs,
        long planningMs,
        int blocked,
        PlanCounters counters) {
    public PlanReport {
        dropped = Map.copyOf(dropped);
    }
}
