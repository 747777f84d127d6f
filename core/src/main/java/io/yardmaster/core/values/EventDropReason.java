package io.yardmaster.core.values;

/** The reason for which a task that storage sent does not reach the fleet. */
public enum EventDropReason {
    /** This or a higher attempt of the task was seen in this session (S7). */
    DUPLICATE,
    /** The job's gate is closed: it is being finalized, or it has ended (S8, S10). */
    FINALIZING,
    /**
     * A buffered task, a refused one, or a waiting commit task, of a job that is being finalized, was cancelled or was forgotten
     * (S8, O4).
     */
    DISCARDED,
    /** The event is of a lower session than the current one (S11). */
    OLD_SESSION,
    /** The event names another resource group than the job's earlier events did. */
    WRONG_GROUP,
    /** The event is of storage, but the job has a graph, by which the scheduler itself knows what is ready. */
    HAS_GRAPH
}
