package io.yardmaster.topology.meters;

/** What became of a graph, and then of its job. */
public enum GraphResult {
    ACCEPTED,
    REFUSED,
    SUCCEEDED,
    FAILED
}
