package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.ReplayPolicy;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** A policy as it changes while a day passes, with a window for each pool that has hosts of its own. */
final class PolicyCourse {
    /** The window of a pool to which the policy gives none. */
    private static final long WINDOW = 10_000;

    private final Set<String> pools;
    private final NavigableMap<Long, LivePolicy> changes;
    private LivePolicy live;

    /** @param pools that have hosts of their own */
    PolicyCourse(ReplayPolicy replayed, Set<String> pools) {
        this.pools = pools;
        this.changes = new TreeMap<>(replayed.changes());
        this.live = windowed(replayed.live());
    }

    private LivePolicy windowed(LivePolicy given) {
        if (pools.isEmpty()) {
            return given;
        }
        Map<String, Long> limits = new TreeMap<>(given.limits());
        pools.forEach(pool -> limits.merge(
                LimitKeys.ofPool(pool),
                WINDOW,
                (window, unset) -> window > PoolPlacement.MOST_WAITING ? unset : window));
        return given.withLimits(limits);
    }

    /** The policy that is in force. */
    LivePolicy live() {
        return live;
    }

    /** Returns whether it never limits anything. */
    boolean isUnlimited() {
        return changes.isEmpty() && live.limits().isEmpty() && !live.hasRates();
    }

    /** The time of the next change; the largest number if there is none. */
    long nextChange() {
        return changes.isEmpty() ? Long.MAX_VALUE : changes.firstKey();
    }

    /** Comes to the next change. */
    LivePolicy advance() {
        live = windowed(changes.pollFirstEntry().getValue());
        return live;
    }
}
