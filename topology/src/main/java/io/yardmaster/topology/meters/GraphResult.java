package io.yardmaster.topology.meters;

/** The answer to a graph, and then the end of its job. */
public enum GraphResult {
    ACCEPTED,
    REFUSED,
    SUCCEEDED,
    FAILED
}
