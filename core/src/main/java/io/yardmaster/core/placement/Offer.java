package io.yardmaster.core.placement;

/**
 * Consecutive tasks of a stage that a shard proposes for placement.
 *
 * @param order its place in the fair order of its pool; no other offer of the pool has the same
 * @param session in which the tasks became ready
 * @param firstTask the index of the first task in its job
 * @param tasks 1 or more
 * @param gangSize 1 if each task may start alone; otherwise the size of each gang, and {@code tasks} is a multiple of it
 * @param priority offers of higher priority go first
 * @param expectedMs the expected duration of a task; -1 if nobody knows
 * @param preemptible whether tasks of higher priority may take the place of these
 */
public record Offer(
        long order,
        long job,
        long group,
        long session,
        int stage,
        int firstTask,
        int tasks,
        int attempt,
        Requirement requirement,
        int priority,
        int gangSize,
        long expectedMs,
        boolean preemptible) {

    public Offer {
        if (tasks < 1 || gangSize < 1 || tasks % gangSize != 0 || firstTask > Integer.MAX_VALUE - tasks) {
            throw new IllegalArgumentException("an offer must have whole gangs, not %s tasks from %s in gangs of %s"
                    .formatted(tasks, firstTask, gangSize));
        }
        if (expectedMs < -1) {
            throw new IllegalArgumentException("an expected duration must be -1 ms or more, not " + expectedMs);
        }
    }

    /** The task with this index in the job. */
    public TaskRef task(int index) {
        return new TaskRef(job, session, index, attempt);
    }

    /** The same of tasks that a host has refused. */
    Offer avoiding(String host) {
        return new Offer(
                order,
                job,
                group,
                session,
                stage,
                firstTask,
                tasks,
                attempt,
                requirement.avoiding(host),
                priority,
                gangSize,
                expectedMs,
                preemptible);
    }

    /** The first task of the gang that a task is in. */
    int gangOf(int task) {
        return task - (task - firstTask) % gangSize;
    }

    /** The expected end of a task that starts at a time; {@link Booking#NEVER} if nobody knows. */
    long endIfStarted(long at) {
        return expectedMs < 0 || at > Booking.NEVER - expectedMs ? Booking.NEVER : at + expectedMs;
    }
}
