package io.yardmaster.core.limits;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedTasks;

/**
 * Open tasks: nobody waited for their limits when they became ready, so they need no grant. They have turns as tasks without limits do, and
 * take their units at the assignment. If there are none then, or others wait for them, all open tasks of the job wait for grants from then
 * on. So limits that keep nothing back cost little. Tasks of pools other than the default one have no turns, and so always need a grant.
 */
final class OpenTasks {
    /** The most jobs in one tick whose open tasks wait from then on. */
    private static final int CLOSED_PER_TICK = 10_000;

    private final Shapes shapes;
    private final Registry registry;
    private final boolean areAllowed;
    private int closed;
    /** True if some were closed since the latest call of {@link #takeClosed}. */
    private boolean areClosed;

    /** @param areAllowed false if every task needs a grant */
    OpenTasks(Shapes shapes, Registry registry, boolean areAllowed) {
        this.shapes = shapes;
        this.registry = registry;
        this.areAllowed = areAllowed;
    }

    void beginTick() {
        closed = 0;
    }

    /** Returns, once, whether some were closed, for which there may be units of limits. */
    boolean takeClosed() {
        boolean taken = areClosed;
        areClosed = false;
        return taken;
    }

    /** Returns false if so many were closed in this tick that the next one goes on. */
    boolean mayGoOn() {
        return closed < CLOSED_PER_TICK;
    }

    /** Returns whether tasks that become ready go without a grant, as all of these do, of a job that is not paused. */
    boolean join(LimitedTasks tasks) {
        if (!tasks.isOpen && areAllowed && tasks.queue.size() == 0) {
            Shape shape = shapes.of(tasks.shape);
            tasks.isOpen = shape.pool.isEmpty() && isAwaitedByNone(shape);
        }
        return tasks.isOpen;
    }

    private static boolean isAwaitedByNone(Shape shape) {
        for (Limit limit : shape.limits) {
            if (!limit.lines.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether one of these open tasks of a job may be offered now; if not, the caller closes them. */
    boolean mayGo(Job job, LimitedTasks tasks) {
        Shape shape = shapes.of(tasks.shape);
        boolean may = !registry.limits(job.group) && isAwaitedByNone(shape);
        for (int i = 0; may && i < shape.limits.length; i++) {
            may = shape.limits[i].hasRoom(shape.units[i]);
        }
        closed += may ? 0 : 1;
        areClosed |= !may;
        return may;
    }
}
