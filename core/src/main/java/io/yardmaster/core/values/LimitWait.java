package io.yardmaster.core.values;

/**
 * A limit for which a task waits (L10).
 *
 * @param limit its key, see {@link LimitKeys}
 * @param needed the units that the task needs
 * @param used the units that are held or granted
 * @param capacity the units that there are
 */
public record LimitWait(String limit, long needed, long used, long capacity) {}
