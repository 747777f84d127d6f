package io.yardmaster.topology.meters;

/** Whether a graph was taken, and then how its job ended. */
public enum GraphResult {
    ACCEPTED,
    REFUSED,
    SUCCEEDED,
    FAILED
}
