package io.yardmaster.core.values;

/**
 * Consecutive task indices that wait together.
 *
 * @param first the lowest of them
 */
public record Run(int first, int count, int attempt) {}
