package io.yardmaster.client;

/**
 * A handler throws this if the assignment cannot be run here and now, for want of disk space, say. It is not tried again
 * here; the scheduler, which hears of it by the outcome, offers the task again later, and does not count an attempt (O7).
 * {@linkplain ExecutionManagerBuilder#withoutOutcomes Without outcomes} nobody offers the task again.
 */
public final class TaskRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason a sentence for people; shortened beyond 1,000 characters */
    public TaskRefusedException(String reason) {
        super(reason);
    }
}
