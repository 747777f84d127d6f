package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.PlacementPolicy;
import java.time.Duration;

/** The choices about placement in virtual time. */
public final class VirtualPlacement {
    /** Nobody hears the hosts of a model, and none is silent. */
    private static final long NEVER_SILENT = Duration.ofDays(3_650_000).toMillis();

    /** The choices for a pool of which nobody set any, on hosts that are never silent. */
    public static final PlacementPolicy POLICY = new PlacementPolicy(
            BestFit.DEFAULT,
            PlacementPolicy.DEFAULT.planLimit(),
            NEVER_SILENT,
            NEVER_SILENT,
            NEVER_SILENT,
            PlacementPolicy.DEFAULT.backoffMs(),
            true,
            PlacementPolicy.DEFAULT.preemption());

    private VirtualPlacement() {}
}
