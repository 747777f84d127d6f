package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Policy;
import java.time.Duration;

/** The settings of a scheduler whose time jumps from one moment to the next. */
public final class VirtualPolicy {
    /** Gaps of up to twice this between two moments count in full for expiries, as they do where a scheduler ticks all the time. */
    private static final Duration GAP = Duration.ofDays(365);

    private VirtualPolicy() {}

    /** The same settings, for virtual time. */
    public static Policy of(Policy given) {
        return new Policy(
                given.activeJobs(),
                given.commitPerCycle(),
                given.cleanupPerCycle(),
                given.finalizingExpiry(),
                given.dedupExpiry(),
                given.fairness(),
                given.refusedBackoff(),
                GAP);
    }
}
