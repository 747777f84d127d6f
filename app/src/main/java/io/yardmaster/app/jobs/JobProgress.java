package io.yardmaster.app.jobs;

import java.time.Duration;
import java.util.Optional;

/**
 * A job at one moment.
 *
 * @param done number of tasks that have succeeded
 * @param open number of tasks that are ready or run
 * @param failedAttempts number of attempts that failed so far
 * @param ran from its beginning to its end by the scheduler's clock; empty as long as one of them is not known
 */
public record JobProgress(
        PlannedJob job, JobState state, int done, int open, int failedAttempts, Optional<Duration> ran) {

    /** Number of its tasks. */
    public int tasks() {
        return job.plan().tasks();
    }
}
