package io.yardmaster.core.values;

/**
 * The dependency for which a stage waits, or because of which it was killed, in the API under these names.
 *
 * @param stage its number
 * @param each whether each task waits for the task of its own number alone
 * @param ended its tasks that have ended
 * @param killed whether it was killed as a whole itself
 */
public record StageCause(int stage, String name, boolean each, int tasks, int ended, boolean killed) {}
