package io.yardmaster.core.values;

import org.jspecify.annotations.Nullable;

/**
 * A rule of how often tasks of graphs are tried that end in some way. The first rule that matches decides, and not the stage of the task.
 *
 * @param group of the job; null for every group
 * @param end {@link TaskEnd#FAILED} or {@link TaskEnd#KILLED}; null for both
 * @param reason with which the outcome's reason begins; empty for every reason
 * @param attempts how often a task is tried at most, 1 or more
 * @param backoff the time between a failure and the second attempt, in ms, 0 or more; it doubles with each further attempt
 * @param retriesPerJob how many attempts of all tasks of a job rules may allow beyond the first ones, 0 or more
 */
public record RetryRule(
        @Nullable Long group, @Nullable TaskEnd end, String reason, int attempts, long backoff, int retriesPerJob) {
    /** The {@code retriesPerJob} of a rule that sets no limit. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    public RetryRule {
        if (end == TaskEnd.SUCCEEDED || end == TaskEnd.REFUSED) {
            throw new IllegalArgumentException("a rule is about tasks that FAILED or were KILLED, not " + end);
        }
        if (attempts < 1 || backoff < 0 || retriesPerJob < 0) {
            throw new IllegalArgumentException(
                    "attempts %s, a back-off of %s ms and %s retries of a job must be 1, 0 and 0 or more"
                            .formatted(attempts, backoff, retriesPerJob));
        }
    }

    /** Returns whether it decides about a task that ended so. */
    public boolean matches(Event.AssignmentEnded ended) {
        boolean isEnd =
                end == null ? ended.end() == TaskEnd.FAILED || ended.end() == TaskEnd.KILLED : end == ended.end();
        return isEnd
                && (group == null || group == ended.group())
                && ended.reason().startsWith(reason);
    }
}
