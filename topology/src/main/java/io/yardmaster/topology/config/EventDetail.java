package io.yardmaster.topology.config;

/** The events that the scheduler writes to the events topic. */
public enum EventDetail {
    /** None, not even answers to commands. */
    NONE,
    /** Those about a whole job, and answers to commands. */
    JOBS,
    /** Those about ranges of tasks as well. */
    TASKS
}
