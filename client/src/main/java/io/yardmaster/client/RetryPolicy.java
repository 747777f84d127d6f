package io.yardmaster.client;

import java.time.Duration;

/**
 * Limits the tries of a handler that throws, and sets the wait in between: {@code firstDelay}, then twice as long after
 * each further failure, up to {@code maxDelay}. The wait occupies one of the execution manager's workers.
 *
 * @param maxTries 1 or more; 1 means no retry
 */
public record RetryPolicy(int maxTries, Duration firstDelay, Duration maxDelay) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(5));
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    public RetryPolicy {
        if (maxTries < 1) {
            throw new IllegalArgumentException("maxTries is " + maxTries + ", must be 1 or more");
        }
        if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("firstDelay is " + firstDelay + " and maxDelay is " + maxDelay
                    + ", must be 0 <= firstDelay <= maxDelay");
        }
    }

    boolean allowsAnotherAfter(int tries) {
        return tries < maxTries;
    }

    Duration delayAfter(int tries) {
        Duration delay = firstDelay;
        for (int doublings = 1; doublings < tries && delay.compareTo(maxDelay) < 0 && !delay.isZero(); doublings++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
    }
}
