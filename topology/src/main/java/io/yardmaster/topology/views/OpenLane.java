package io.yardmaster.topology.views;

import io.yardmaster.core.Scheduler;

/**
 * A lane partition as its stream thread hands it to a question, to be used before the answer only.
 *
 * @param now epoch ms
 * @param granted how many assignments it may have out
 * @param used how many are
 */
public record OpenLane(int lane, Scheduler scheduler, LaneRecord record, int granted, int used, long now) {}
