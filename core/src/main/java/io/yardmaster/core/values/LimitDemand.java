package io.yardmaster.core.values;

/**
 * The use of one limit by a scheduler's tasks, in units.
 *
 * @param used held by tasks that were dispatched and have not ended
 * @param granted reserved for tasks that have their turn next
 * @param wanted needed by the tasks that wait
 * @param largest the most that one waiting task needs
 */
public record LimitDemand(long used, long granted, long wanted, long largest) {}
