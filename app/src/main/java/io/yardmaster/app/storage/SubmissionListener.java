package io.yardmaster.app.storage;

import java.util.List;

/** Receives the progress of submitted jobs. */
public interface SubmissionListener {
    /**
     * Called many times a second.
     *
     * @param outstanding number of tasks of these jobs that are dispatched and not done
     */
    void progress(List<JobProgress> jobs, int outstanding);

    /** The scheduler has refused the job, for this reason; nothing more of it is sent. */
    void refused(long job, String reason);
}
