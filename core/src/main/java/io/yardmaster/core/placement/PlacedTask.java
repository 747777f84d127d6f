package io.yardmaster.core.placement;

/**
 * A task that has a booking, with what its shard needs to know when it loses it.
 *
 * @param assignment the id of its assignment
 */
public record PlacedTask(Booking booking, long group, long assignment) {}
