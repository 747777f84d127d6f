package io.yardmaster.app.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * A job as the demo shows it.
 *
 * @param waiting number of tasks that are ready and not yet assigned
 * @param makespan from the start of the demo until the last task was done or the job failed; empty before that
 * @param failure the task that made the job fail, and how it ended
 */
record JobLine(DemoProgress progress, int waiting, Optional<Duration> makespan, Optional<String> failure) {}
