package io.yardmaster.core.placement;

/**
 * A pool's place among the pools that want a plan.
 *
 * @param rank pools of higher rank go first
 * @param changed whether something changed since its last plan began
 * @param retryAt when it may be planned without a change, in epoch ms
 * @param lastPlaced how many tasks its last plan placed
 */
public record PoolStanding(String pool, int rank, boolean changed, long retryAt, long lastPlaced) {}
