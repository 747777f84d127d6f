package io.yardmaster.app.storage;

import java.util.List;

/** Receives the progress of submitted jobs. */
public interface SubmissionListener {
    /**
     * Called many times a second.
     *
     * @param outstanding number of tasks of these jobs that are dispatched and have not ended
     */
    void progress(List<JobProgress> jobs, int outstanding);

    /**
     * This task has made its job fail, or was its cleanup task and failed, too.
     *
     * @param failure a predicate, such as {@code failed: disk full}
     */
    void failed(TaskKey task, String failure);

    /** A command has cancelled the job, which fails by it unless its commit task was dispatched before. */
    void cancelled(Cancellation cancellation);

    /** The scheduler writes no events, so that nobody learns here of a job that is cancelled while nothing of it runs. */
    void eventsAreOff();

    /** The scheduler has refused the job, for this reason; nothing more of it is sent. */
    void refused(long job, String reason);
}
