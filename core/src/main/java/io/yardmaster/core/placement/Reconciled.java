package io.yardmaster.core.placement;

import java.util.List;
import java.util.Map;

/**
 * The part of a plan that still holds.
 *
 * @param kept bookings to be made, in the order of the plan
 * @param dropped numbers of tasks by reason
 */
public record Reconciled(List<Booking> kept, Map<PlacementDropReason, Integer> dropped) {
    public Reconciled {
        kept = List.copyOf(kept);
        dropped = Map.copyOf(dropped);
    }
}
