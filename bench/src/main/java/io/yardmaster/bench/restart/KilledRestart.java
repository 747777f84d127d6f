package io.yardmaster.bench.restart;

import java.util.Locale;

/**
 * The result of one round.
 *
 * @param eventsPerSecond how fast the events were taken in before the kill
 * @param stateBytes all files in the state directory of the killed instance
 * @param restoredSeconds from the start of the second JVM until all of its stream tasks run
 * @param firstSeconds from the start of the second JVM until a {@code read_committed} consumer has an assignment
 */
record KilledRestart(double eventsPerSecond, double stateBytes, double restoredSeconds, double firstSeconds) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f events/s, %,.0f MB on disk, restored after %.1f s, first assignment after %.1f s",
                eventsPerSecond,
                stateBytes / 1e6,
                restoredSeconds,
                firstSeconds);
    }
}
