package io.yardmaster.app.storage;

/**
 * A job at one moment.
 *
 * @param tasks how many tasks it has
 * @param done how many of them are done
 * @param out how many of them were said to be ready and have neither completed nor failed since
 * @param failedAttempts how many attempts failed so far
 */
public record JobProgress(SubmittedJob job, JobState state, int tasks, int done, int out, int failedAttempts) {}
