package io.yardmaster.app.storage;

import java.util.List;

/** Hears how submitted jobs come on. */
public interface SubmissionListener {
    /**
     * Called many times a second.
     *
     * @param dispatched how many tasks of these jobs are dispatched and not done
     */
    void progress(List<JobProgress> jobs, int dispatched);

    /** The scheduler has refused the job, for this reason; nothing more of it is sent. */
    void refused(long job, String reason);
}
