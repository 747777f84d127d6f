package io.yardmaster.core.placement;

import java.util.List;

/**
 * The result of planning, for the snapshot's state: {@link Reconciler} says which parts still hold.
 *
 * @param at the snapshot's time, in epoch ms
 * @param placings in the order of decision; those of a gang follow each other
 * @param reservations for the next snapshot, in falling order of priority
 * @param blocked the offers of which tasks have no place, in the order of the snapshot
 */
public record Plan(
        long at,
        List<Placing> placings,
        List<Reservation> reservations,
        List<BlockedOffer> blocked,
        PlanCounters counters) {
    public Plan {
        placings = List.copyOf(placings);
        reservations = List.copyOf(reservations);
        blocked = List.copyOf(blocked);
    }

    /** True if it has as many tasks as a plan may place. */
    boolean isCutShort() {
        return !blocked.isEmpty() && blocked.get(blocked.size() - 1).reason() == BlockedOffer.Reason.PLAN_LIMIT;
    }
}
