package io.yardmaster.core.limits;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.order.TurnWeights;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Grants waiting tasks while limits have room, in the order of the lines. */
final class Granting {
    /** The most grants, and jobs passed over, in one tick. */
    private static final int STEPS_PER_TICK = 10_000;

    /** Offers tasks of pools, and knows that they hold units then. */
    interface PoolOffering {
        void offer(Job job, LimitedTasks tasks);
    }

    private final JobTable jobs;
    private final Shapes shapes;
    private final Registry registry;
    private final Rates rates;
    private final Lines lines;
    private final @Nullable ShareOrder shares;
    private final Runnable changes;
    private final HeldBack heldBack;
    /** The tasks of pools that may still be offered in this tick. */
    private int leftInPools;

    /**
     * Grants what is in these.
     *
     * @param shares null unless groups go by dominant shares
     * @param changes is told of each grant
     */
    Granting(
            JobTable jobs,
            Shapes shapes,
            Registry registry,
            Rates rates,
            Lines lines,
            @Nullable ShareOrder shares,
            Runnable changes) {
        this.changes = changes;
        this.jobs = jobs;
        this.shapes = shapes;
        this.shares = shares;
        this.registry = registry;
        this.rates = rates;
        this.lines = lines;
        this.heldBack = new HeldBack(registry);
    }

    /**
     * Begins a tick, and grants what limits have room for. Tasks of pools other than the default one are offered at once: they take no part in the
     * rotation, whose window is not theirs.
     *
     * @param mostInPools the most tasks to offer in this tick
     */
    void tick(Pool pool, TurnWeights weights, int mostInPools, PoolOffering offering) {
        if (rates.wake(STEPS_PER_TICK, lines::release) == STEPS_PER_TICK) {
            changes.run();
        }
        rates.forget();
        heldBack.begin().forEach(lines::lookAgain);
        leftInPools = mostInPools;
        grant(pool, weights, offering);
    }

    /** Goes on with the tick: grants what limits have room for. */
    void grant(Pool pool, TurnWeights weights, PoolOffering offering) {
        for (int steps = 0; leftInPools > 0; steps++) {
            if (steps == STEPS_PER_TICK) {
                // The next tick goes on behind all that was passed over.
                changes.run();
                return;
            }
            Line line = lines.next();
            if (line == null) {
                return;
            }
            WaitingList list = mayGrant(line) ? line.next() : null;
            if (list == null) {
                lines.settle(line);
                continue;
            }
            if (holdsBack(list)) {
                continue;
            }
            if (line.shape.gang > 1) {
                grantGang(list, weights, offering);
            } else if (grant(list, pool, weights, offering)) {
                leftInPools--;
            }
        }
    }

    private boolean mayGrant(Line line) {
        boolean may = registry.mayGrant(line);
        if (line.next() != null) {
            if (heldBack.keeps(line)) {
                return false;
            }
            if (!may && shares != null) {
                heldBack.lacks(line);
            }
        }
        return may;
    }

    /** Grants and offers all of a gang that waits at the head of a list, or nothing of it (P5). One that was tried alone is as small as that. */
    private void grantGang(WaitingList list, TurnWeights weights, PoolOffering offering) {
        Line line = list.line;
        // Looked at again in each tick as long as it waits.
        Job waiting = Objects.requireNonNull(jobs.look(Lines.head(list)), "a job that waits for a limit has no record");
        int size = Math.min(
                line.shape.gang,
                waiting.obtainLimited().obtain(list.key.shape()).queue.headLength());
        if (!registry.mayGrant(line, waiting, size)) {
            heldBack.lacksForGang(line, size);
            lines.settle(line);
            return;
        }
        Job job = jobs.get(waiting.id);
        LimitedTasks tasks = job.obtainLimited().obtain(list.key.shape());
        jobs.touch(job);
        changes.run();
        for (int left = size; left > 0; left--) {
            grantOne(job, tasks, weights);
            offering.offer(job, tasks);
        }
        leftInPools -= size;
    }

    private void grantOne(Job job, LimitedTasks tasks, TurnWeights weights) {
        lines.grant(job, tasks, weights.of(job.group));
        job.obtainLimited().changed(tasks, 0, 1);
        // Before the offer, which may be the last grant of the list: a group that leaves it loses its turn.
        lines.list(job, tasks);
    }

    /** Returns whether the limit or the rate of its group keeps a list back, which is passed over until that changes. */
    private boolean holdsBack(WaitingList list) {
        Constraint lacking = registry.lackingOfGroup(list.key.group(), list.line.level);
        if (lacking != null) {
            lacking.block(list);
            lines.block(list);
        }
        return lacking != null;
    }

    /** Grants the head of a list, unless that has to wait for its job. Returns whether it was offered, too. */
    private boolean grant(WaitingList list, Pool pool, TurnWeights weights, PoolOffering offering) {
        Job job = jobs.get(Lines.head(list));
        LimitedTasks tasks = job.obtainLimited().obtain(list.key.shape());
        jobs.touch(job);
        changes.run();
        if (tasks.shape == LimitedTasks.PLAIN && !registry.limits(job.group)) {
            free(job, tasks, pool);
        } else if (registry.jobMayBeGranted(job)) {
            LimitedTasks first = firstToGrant(job, tasks);
            grantOne(job, first, weights);
            if (!list.line.shape.pool.isEmpty()) {
                offering.offer(job, first);
                return true;
            }
            pool.grant(job, 1);
        } else {
            lines.remove(job, tasks);
        }
        return false;
    }

    /** The tasks of the job, of those of the same pool that may be granted as these may, of which the next one has the highest priority (L1). */
    private LimitedTasks firstToGrant(Job job, LimitedTasks tasks) {
        String pool = shapes.of(tasks.shape).pool;
        LimitedTasks first = tasks;
        for (LimitedTasks other : job.obtainLimited().all()) {
            if (other.isListed && other.nextRank() > first.nextRank()) {
                Line line = lines.of(job, other).line;
                first = line.shape.gang == 1 && line.shape.pool.equals(pool) && registry.mayGrant(line) ? other : first;
            }
        }
        return first;
    }

    /** Takes back grants of a job's tasks that were not used; of open tasks, as many may not be offered any more. */
    void takeBack(Job job, LimitedTasks tasks, int count, Pool pool) {
        if (count > 0) {
            job.obtainLimited().changed(tasks, 0, -count);
            jobs.touch(job);
            Shape shape = shapes.of(tasks.shape);
            if (tasks.isOpen) {
                shapes.countOpen(shape, -count);
            } else {
                if (shares != null) {
                    shares.granted(job.group, shape, -count);
                }
                if (tasks.isListed) {
                    lines.grow(job, tasks, count);
                }
                lines.end(job, tasks, count);
                lines.released(shape, job.group);
            }
            pool.shrink(job, count);
        }
    }

    /** Takes back all grants of a job's tasks, which wait for grants from then on. */
    void takeBackAll(Job job, LimitedTasks tasks, Pool pool) {
        takeBack(job, tasks, tasks.granted, pool);
        tasks.isOpen = false;
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
