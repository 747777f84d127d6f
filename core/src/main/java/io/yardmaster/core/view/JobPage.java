package io.yardmaster.core.view;

import java.util.List;
import java.util.Optional;

/**
 * Some jobs.
 *
 * @param next where the next page begins; empty if there is none
 */
public record JobPage(List<JobView> jobs, Optional<String> next) {

    /** The same jobs in this shard. */
    public JobPage in(int shard) {
        return new JobPage(jobs.stream().map(job -> job.in(shard)).toList(), next);
    }
}
