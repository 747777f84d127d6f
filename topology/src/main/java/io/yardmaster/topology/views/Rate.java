package io.yardmaster.topology.views;

import java.util.List;

/**
 * The assignments of a slice of 5 s.
 *
 * @param slice number of the slice, counted from the epoch
 * @param waits waiting times, as pairs of a bucket and the number of assignments in it
 */
public record Rate(long slice, long assigned, List<Integer> waits) {}
