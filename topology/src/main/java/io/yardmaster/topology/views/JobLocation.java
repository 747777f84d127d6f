package io.yardmaster.topology.views;

import io.yardmaster.core.view.JobDetail;
import java.util.List;
import java.util.Optional;

/**
 * A job as its shard knows it.
 *
 * @param places maximum number of jobs that can be active there
 * @param placesTaken jobs that are active there
 */
public record JobLocation(
        int shard, long session, JobDetail detail, int places, int placesTaken, List<JobEvent> history) {
    private static final int RUNS = 50;
    private static final int EVENTS = 100;

    /** Empty if the shard does not know the job. */
    public static Optional<JobLocation> of(ShardSnapshotSource source, long job) {
        return source.scheduler()
                .view()
                .job(job, RUNS)
                .map(detail -> new JobLocation(
                        source.shard(),
                        source.scheduler().session(),
                        detail,
                        source.scheduler().view().places(),
                        source.scheduler().demand(false).activeJobs(),
                        source.record().history(job, EVENTS)));
    }
}
