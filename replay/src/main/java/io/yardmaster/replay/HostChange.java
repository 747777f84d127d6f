package io.yardmaster.replay;

/**
 * A change of a host of a recorded deployment.
 *
 * @param at epoch ms from which on it holds; {@link Long#MIN_VALUE} if the host was so before the day
 * @param pool whose tasks it runs
 * @param host as it is from then on; without amounts it gets no new tasks
 * @param losesTasks whether the tasks that it had are lost, as it has started anew or is gone
 */
public record HostChange(long at, String pool, ModelHost host, boolean losesTasks) {
    /** A host that is as it was before the day. */
    public static final long BEFORE = Long.MIN_VALUE;
}
