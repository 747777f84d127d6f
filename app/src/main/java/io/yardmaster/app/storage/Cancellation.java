package io.yardmaster.app.storage;

import io.yardmaster.schemas.JobEvent;

/**
 * A command has cancelled a job.
 *
 * @param by who asked for it; empty if the command names nobody
 * @param reason empty if the command has none
 */
public record Cancellation(long job, String by, String reason) {
    static Cancellation of(JobEvent event) {
        return new Cancellation(event.getJobId(), event.getBy(), event.getReason());
    }

    /** A predicate about the job: {@code was cancelled by anna: wrong input}. */
    public String sentence() {
        return "was cancelled" + (by.isEmpty() ? "" : " by " + by) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
