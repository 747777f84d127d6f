package io.yardmaster.core.values;

import java.time.Duration;
import java.util.Objects;

/**
 * The operator's choices about the order of decisions.
 *
 * @param activeJobs how many jobs take part in the rotation at once (S4), 1 or more
 * @param commitPerCycle commit tasks offered at most in one cycle (S3), 1 or more
 * @param cleanupPerCycle cleanup tasks offered at most in one cycle (S3), 1 or more
 * @param finalizingExpiry how long a gate holds after the finalizing task was dispatched (S9), positive
 * @param tickInterval how often {@code tick} is called, positive; a shorter expiry ends with the next tick
 * @param dedupExpiry how long a silent job with nothing buffered is remembered (S7), and how long after its dispatch the outcome
 *     of an assignment counts (O1), positive
 * @param refusedBackoff how long a refused task waits at least until it is offered again (O7), positive
 */
public record Policy(
        int activeJobs,
        int commitPerCycle,
        int cleanupPerCycle,
        Duration finalizingExpiry,
        Duration dedupExpiry,
        Fairness fairness,
        Duration refusedBackoff,
        Duration tickInterval) {

    private static final Duration DEFAULT_REFUSED_BACKOFF = Duration.ofSeconds(1);
    private static final Duration DEFAULT_TICK_INTERVAL = Duration.ofMillis(5);

    public static final Policy DEFAULT =
            new Policy(1024, 1, 1, Duration.ofHours(6), Duration.ofHours(24), Fairness.JOB);

    /** A policy with the default back-off and tick interval. */
    public Policy(
            int activeJobs,
            int commitPerCycle,
            int cleanupPerCycle,
            Duration finalizingExpiry,
            Duration dedupExpiry,
            Fairness fairness) {
        this(
                activeJobs,
                commitPerCycle,
                cleanupPerCycle,
                finalizingExpiry,
                dedupExpiry,
                fairness,
                DEFAULT_REFUSED_BACKOFF,
                DEFAULT_TICK_INTERVAL);
    }

    public Policy {
        requirePositive(activeJobs, "active jobs");
        requirePositive(commitPerCycle, "commit tasks per cycle");
        requirePositive(cleanupPerCycle, "cleanup tasks per cycle");
        requirePositive(finalizingExpiry.toMillis(), "finalizing expiry");
        requirePositive(dedupExpiry.toMillis(), "dedup expiry");
        requirePositive(refusedBackoff.toMillis(), "back-off of refused tasks");
        requirePositive(tickInterval.toMillis(), "tick interval");
        Objects.requireNonNull(fairness);
    }

    /** The shorter of the two expiries, in ms. */
    public long shortestExpiryMillis() {
        return Math.min(finalizingExpiry.toMillis(), dedupExpiry.toMillis());
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
