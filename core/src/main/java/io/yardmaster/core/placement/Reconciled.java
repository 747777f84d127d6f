package io.yardmaster.core.placement;

import java.util.List;
import java.util.Map;

/**
 * The part of a plan that still holds.
 *
 * @param kept bookings to be made, in the order of the plan
 * @param preempted bookings to be ended before
 * @param dropped numbers of tasks by reason
 */
public record Reconciled(List<Booking> kept, List<Preempted> preempted, Map<PlacementDropReason, Integer> dropped) {
    public Reconciled {
        kept = List.copyOf(kept);
        preempted = List.copyOf(preempted);
        dropped = Map.copyOf(dropped);
    }

    /** False if another plan may have more to do at once: decisions were void, or tasks have left hosts. */
    boolean isSettled() {
        return dropped.isEmpty() && preempted.isEmpty();
    }
}
