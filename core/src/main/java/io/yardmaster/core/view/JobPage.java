package io.yardmaster.core.view;

import java.util.List;
import java.util.Optional;

/**
 * A page of jobs.
 *
 * @param next the {@link JobQuery#after} of the next page; empty on the last one
 */
public record JobPage(List<JobView> jobs, Optional<String> next) {

    /** The same jobs in this shard. */
    public JobPage in(int shard) {
        return new JobPage(jobs.stream().map(job -> job.in(shard)).toList(), next);
    }
}
