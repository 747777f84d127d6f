package io.yardmaster.core.values;

/**
 * A dependency of a stage, in the API under these names.
 *
 * @param stage the number of the stage that is waited for
 * @param each whether each task waits for the task of its own number alone
 */
public record StageEdge(int stage, boolean each) {}
