package io.yardmaster.core.limits;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.order.TurnWeights;

/** Grants waiting tasks while limits have room, in the order of the lines. */
final class Granting {
    /** The most grants, and jobs passed over, in one tick. */
    private static final int STEPS_PER_TICK = 10_000;

    /** Offers tasks of pools, and knows that they hold units then. */
    interface PoolOffering {
        void offer(Job job, LimitedTasks tasks);
    }

    private final JobTable jobs;
    private final Registry registry;
    private final Lines lines;

    Granting(JobTable jobs, Registry registry, Lines lines) {
        this.jobs = jobs;
        this.registry = registry;
        this.lines = lines;
    }

    /**
     * Grants tasks. Those of pools other than the default one are offered at once: they take no part in the rotation, whose window is not theirs.
     *
     * @param mostInPools the most tasks to offer
     */
    void tick(Pool pool, TurnWeights weights, int mostInPools, PoolOffering offering) {
        int offered = 0;
        for (int steps = 0; steps < STEPS_PER_TICK; steps++) {
            Line line = lines.next();
            if (line == null) {
                return;
            }
            WaitingList list = registry.mayGrant(line) ? line.next() : null;
            if (list == null) {
                lines.settle(line);
                continue;
            }
            Limit group = registry.ofGroup(list.key.group());
            if (group != null && !group.mayGrant(1, line.level)) {
                lines.block(list, group);
            } else if (grant(list, pool, weights, offering) && ++offered == mostInPools) {
                return;
            }
        }
    }

    /** Grants the head of a list, unless that has to wait for its job. Returns whether it was offered, too. */
    private boolean grant(WaitingList list, Pool pool, TurnWeights weights, PoolOffering offering) {
        Job job = jobs.get(Lines.head(list));
        LimitedQueues queues = job.obtainLimited();
        LimitedTasks tasks = queues.obtain(list.key.shape());
        jobs.touch(job);
        if (tasks.shape == LimitedTasks.PLAIN && !registry.limits(job.group)) {
            free(job, tasks, pool);
        } else if (registry.jobMayBeGranted(job)) {
            lines.grantHead(list, tasks, weights.of(job.group));
            queues.changed(tasks, 0, 1);
            // Before the offer, which may be the last grant of the list: a group that leaves it loses its turn.
            lines.list(job, tasks);
            if (!list.line.shape.pool.isEmpty()) {
                offering.offer(job, tasks);
                return true;
            }
            pool.grant(job, 1);
        } else {
            lines.remove(job, tasks);
        }
        return false;
    }

    /** Lets the tasks of the job's queue go as if there had never been limits. */
    private void free(Job job, LimitedTasks tasks, Pool pool) {
        long more = tasks.ungranted();
        lines.remove(job, tasks);
        if (tasks.granted > 0) {
            lines.end(job, tasks, tasks.granted);
        }
        job.obtainLimited().remove(tasks);
        job.shrinkLimited();
        pool.grant(job, more);
    }
}
