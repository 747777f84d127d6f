package io.yardmaster.topology.views;

import java.util.List;

/**
 * Assignments of 5 s.
 *
 * @param slice which 5 s since the epoch
 * @param waits how long they waited, as pairs of a bucket and how many are in it
 */
public record Rate(long slice, long assigned, List<Integer> waits) {}
