package io.yardmaster.app.storage;

import java.util.Set;

/** The jobs of one session that somebody follows. */
public record FollowedJobs(long session, Set<Long> ids) {
    public FollowedJobs {
        ids = Set.copyOf(ids);
    }

    boolean include(long job, long ofSession) {
        return ofSession == session && ids.contains(job);
    }
}
