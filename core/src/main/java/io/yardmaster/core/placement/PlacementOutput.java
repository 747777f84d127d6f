package io.yardmaster.core.placement;

/** Hears what became of offers. */
public interface PlacementOutput {
    /** A task has got its place: it is to be assigned to the host. */
    void assigned(OfferedUnit unit, TaskRef task, Host host);

    /**
     * A task does not wait for a place any more. Its shard is to offer it again, unless it was killed.
     *
     * @param reason one line
     */
    void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason);

    /**
     * A task has lost its place, and its shard is to offer it again; if its host still runs it, it is to stop.
     *
     * @param reason one line
     */
    void lost(String pool, PlacedTask task, String reason);

    /**
     * The same of a task that has lost its place to one of higher priority; no host of it was lost.
     *
     * @param reason one line
     */
    void preempted(String pool, PlacedTask task, String reason);

    /** A host was silent for so long that its tasks have lost their places; not one that has stopped in order. */
    void released(String pool, String host);

    /** A plan was applied. */
    void planned(PlanReport report);

    /** Planning has failed; the pool is planned again after its back-off. */
    void failed(String pool, Throwable error);
}
