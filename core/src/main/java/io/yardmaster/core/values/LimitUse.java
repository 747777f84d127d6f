package io.yardmaster.core.values;

import java.util.List;

/**
 * A limit as a scheduler uses it, for a person to look at. Other instances read it as JSON, so its names stay.
 *
 * @param limit its key, see {@link LimitKeys}
 * @param capacity the units that the scheduler may use
 * @param used units that assigned tasks hold until they have ended
 * @param granted reserved for tasks that have their turn next
 * @param parked tasks that wait for it; a task that lacks units of several limits waits for the first of them, and one that
 *     waits for the limit of its job counts for none
 * @param holders the groups that hold most of it, as far as they were looked for, most first
 */
public record LimitUse(String limit, long capacity, long used, long granted, long parked, List<Holder> holders) {

    /** The units that tasks of a group hold. */
    public record Holder(long group, long units) {}

    /** Keeps a copy of the holders. */
    public LimitUse {
        holders = List.copyOf(holders);
    }
}
