package io.yardmaster.scheduling;

/**
 * Consecutive task indices that wait together.
 *
 * @param first the lowest of them
 */
public record Run(int first, int count, int attempt) {}
