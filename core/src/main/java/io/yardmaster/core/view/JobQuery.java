package io.yardmaster.core.view;

import io.yardmaster.core.jobs.Job;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which jobs are wanted.
 *
 * @param group empty: of all groups
 * @param state empty: the active ones, then the pending ones, then those that are finalizing
 * @param after where the page before ended; empty: from the beginning
 * @param limit 1 or more
 */
public record JobQuery(OptionalLong group, Optional<JobView.State> state, Optional<String> after, int limit) {

    boolean wants(JobView.State candidate) {
        return state.isEmpty() || state.get() == candidate;
    }

    boolean wants(Job job) {
        return group.isEmpty() || group.getAsLong() == job.group;
    }
}
