package io.yardmaster.app.jobs;

import java.util.random.RandomGenerator;

/**
 * Ids for jobs whose user gives none: random, so that submissions at the same time get different ones, and below 2^53, so
 * that every language reads them exactly. Of a million jobs that a scheduler remembers at once, two share an id with a
 * probability of 0.006 %; the second one is then refused.
 */
public final class JobIds {
    private static final long BOUND = 1L << 53;

    private JobIds() {}

    /** The first of {@code count} ids that follow each other; all are 1 or more. */
    public static long first(RandomGenerator random, int count) {
        return random.nextLong(1, BOUND - count);
    }
}
