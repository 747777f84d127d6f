package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Chooses the times after which, and for which, the threads of an instance rest. */
final class Pacing {
    /** Everything that follows from an event, except the work itself, is over after some tenths of a second. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);
    /** An expiry may be this part of its time late, because a resting thread did not check it. */
    private static final int PART_OF_EXPIRY = 10;

    private Pacing() {}

    static IdlePacer of(SchedulerConfig config, LongSupplier nanoTime) {
        Duration committed = StreamsSettings.commitInterval(config).multipliedBy(2);
        return new IdlePacer(max(QUIET, committed), longestRest(config), nanoTime);
    }

    private static Duration longestRest(SchedulerConfig config) {
        Duration shortest =
                min(config.policy().finalizingExpiry(), config.policy().dedupExpiry());
        return min(LONGEST_REST, shortest.dividedBy(PART_OF_EXPIRY));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
