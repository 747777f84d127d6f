package io.yardmaster.app.jobs;

import java.time.Duration;
import java.util.Optional;

/**
 * The progress of a stage, or of some stages of one kind together.
 *
 * @param failed number of tasks that failed for good
 * @param failedAttempts number of attempts that failed
 * @param from when the first of its attempts that have ended began, in ms by the clocks of execution managers
 * @param to when the last one ended; not behind {@code from} if none has ended
 * @param reason of its first task that failed for good; empty if none has
 */
public record StageCounts(
        String name, int tasks, int succeeded, int failed, int failedAttempts, long from, long to, String reason) {
    /** The times of a stage of which nothing has ended. */
    static final long[] NO_TIME = {Long.MAX_VALUE, Long.MIN_VALUE};

    /** The two together, under the first one's name. */
    public StageCounts plus(StageCounts other) {
        return new StageCounts(
                name,
                tasks + other.tasks,
                succeeded + other.succeeded,
                failed + other.failed,
                failedAttempts + other.failedAttempts,
                Math.min(from, other.from),
                Math.max(to, other.to),
                reason.isEmpty() ? other.reason : reason);
    }

    /** The same under another name. */
    public StageCounts named(String another) {
        return new StageCounts(another, tasks, succeeded, failed, failedAttempts, from, to, reason);
    }

    /** The time from its first attempt's begin to its last one's end; empty if none has ended. */
    public Optional<Duration> time() {
        return from > to ? Optional.empty() : Optional.of(Duration.ofMillis(to - from));
    }

    /** Returns whether some, but not all of its tasks have ended. */
    boolean isUnderWay() {
        int over = succeeded + failed;
        return over < tasks && (over > 0 || failedAttempts > 0);
    }
}
