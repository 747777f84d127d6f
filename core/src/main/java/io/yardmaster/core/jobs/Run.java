package io.yardmaster.core.jobs;

/**
 * Consecutive task indices that wait together.
 *
 * @param first the lowest of them
 */
public record Run(int first, int count, int attempt) {}
