package io.yardmaster.core.placement;

import java.util.Map;

/**
 * A host as its latest heartbeat describes it.
 *
 * @param name unique in its pool
 * @param incarnation grows with each start of the host
 * @param total the amounts that its tasks may have together
 * @param dispatchPartition the partition of the pool's dispatch topic that the host reads
 * @param at the time of the heartbeat by the host's clock, in epoch ms
 */
public record Host(
        String pool,
        String name,
        long incarnation,
        Amounts total,
        Map<String, String> labels,
        int dispatchPartition,
        long at) {
    public Host {
        labels = Map.copyOf(labels);
        if (dispatchPartition < 0) {
            throw new IllegalArgumentException("a dispatch partition must be 0 or more, not " + dispatchPartition);
        }
    }

    /** False if it has no amounts, as while it stops in order: then it gets not even tasks that need nothing. */
    boolean takesTasks() {
        return !total.equals(Amounts.NONE);
    }
}
