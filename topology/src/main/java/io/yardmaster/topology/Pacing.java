package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** After how long, and for how long, the threads of an instance rest. */
final class Pacing {
    /** All that follows from an event, but for the work itself, has happened after some tenths of a second. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);
    /** By how much of an expiry it may come late that nobody looked. */
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
