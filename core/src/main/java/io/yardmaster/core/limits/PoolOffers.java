package io.yardmaster.core.limits;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedTasks;

/** Takes the tasks of pools other than the default one that limits let through. */
public interface PoolOffers {
    /** Offers the head of these tasks of a job, and takes it out of their queue. Returns the number of the assignment. */
    long offer(Job job, LimitedTasks tasks);
}
