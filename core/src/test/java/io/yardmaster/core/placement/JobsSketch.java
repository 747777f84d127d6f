package io.yardmaster.core.placement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Jobs of which all tasks wait, unless a test says otherwise. */
final class JobsSketch implements JobsNow {
    final Map<Long, Standing> standings = new HashMap<>();
    final Set<TaskRef> notQueued = new HashSet<>();
    final Map<Long, Integer> priorities = new HashMap<>();
    long session;

    @Override
    public long session() {
        return session;
    }

    @Override
    public Standing standing(long job) {
        return standings.getOrDefault(job, Standing.OPEN);
    }

    @Override
    public boolean isQueued(Offer offer, TaskRef task) {
        return !notQueued.contains(task);
    }

    @Override
    public int priority(Offer offer) {
        return priorities.getOrDefault(offer.job(), offer.priority());
    }
}
