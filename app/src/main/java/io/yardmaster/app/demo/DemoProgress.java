package io.yardmaster.app.demo;

import io.yardmaster.app.jobs.JobState;

/**
 * A job of the demo at one moment.
 *
 * @param done number of tasks that are done
 * @param open number of tasks that are ready or run
 * @param failedAttempts number of attempts that failed so far
 */
record DemoProgress(SubmittedJob job, JobState state, int done, int open, int failedAttempts) {

    /** Number of its tasks. */
    int tasks() {
        return job.workflow().tasks().size();
    }
}
