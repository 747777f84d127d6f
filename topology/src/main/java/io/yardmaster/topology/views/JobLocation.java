package io.yardmaster.topology.views;

import io.yardmaster.core.view.JobDetail;
import java.util.List;
import java.util.Optional;

/**
 * A job as its shard knows it.
 *
 * @param places how many jobs can be active there, and how many are
 */
public record JobLocation(
        int lane, long session, JobDetail detail, int places, int placesTaken, List<JobEvent> history) {
    private static final int RUNS = 50;
    private static final int EVENTS = 100;

    /** Empty if nothing is known of it. */
    public static Optional<JobLocation> of(ShardSnapshotSource open, long job) {
        return open.scheduler()
                .view()
                .job(job, RUNS)
                .map(detail -> new JobLocation(
                        open.lane(),
                        open.scheduler().session(),
                        detail,
                        open.scheduler().view().places(),
                        open.scheduler().demand(false).activeJobs(),
                        open.record().history(job, EVENTS)));
    }
}
