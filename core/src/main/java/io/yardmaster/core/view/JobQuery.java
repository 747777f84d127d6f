package io.yardmaster.core.view;

import io.yardmaster.core.jobs.Job;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A question for a page of jobs.
 *
 * @param group the only group to list; empty for all groups
 * @param state the only state to list; empty for the active jobs, then the pending, the parked, the paused and the finalizing ones
 * @param after the end of the page before, see {@link JobPage#next}; empty for the first page
 * @param limit the most jobs on the page, 1 or more
 */
public record JobQuery(OptionalLong group, Optional<JobView.State> state, Optional<String> after, int limit) {

    boolean wants(JobView.State candidate) {
        return state.isEmpty() || state.get() == candidate;
    }

    boolean wants(Job job) {
        return group.isEmpty() || group.getAsLong() == job.group;
    }
}
