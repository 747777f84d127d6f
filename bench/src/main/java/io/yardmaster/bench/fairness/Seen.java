package io.yardmaster.bench.fairness;

/**
 * An assignment in the dispatch topic.
 *
 * @param at when the broker appended it, in ms since 1970
 */
record Seen(long at, long job, long group, long session) {}
