package io.yardmaster.scheduling;

/** Where a {@link Scheduler} tells what it decided, in order, while it is being called, or opened. */
public interface Decisions {
    void assign(Assignment assignment);

    /** {@code count} tasks of this job will not be assigned, or not again. */
    void drop(DropReason reason, long job, long count);

    /** The job had nothing left when its turn came, and left the rotation (S5). */
    void retire(long job);

    /** The job joined the rotation, at the tail. */
    default void join(long job) {}

    /** The job waits for a place in the rotation; displaced: it had one, which another group needed. */
    default void await(long job, boolean displaced) {}

    /** A newer session began; whatever was placed under older ones is void (S11). */
    void beginSession(long session);
}
