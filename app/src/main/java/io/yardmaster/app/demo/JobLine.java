package io.yardmaster.app.demo;

import io.yardmaster.app.storage.JobProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * A job as the demo shows it.
 *
 * @param waiting number of tasks that are ready and not yet assigned
 * @param makespan from the start of the demo until the last task was done or the job failed; empty before that
 */
record JobLine(JobProgress progress, int waiting, Optional<Duration> makespan) {}
