package io.yardmaster.app.storage;

/**
 * A job at one moment.
 *
 * @param tasks number of its tasks
 * @param done number of tasks that are done
 * @param open number of tasks that were reported ready and have neither completed nor failed since
 * @param failedAttempts number of attempts that failed so far
 */
public record JobProgress(SubmittedJob job, JobState state, int tasks, int done, int open, int failedAttempts) {}
