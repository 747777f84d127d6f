package io.yardmaster.replay.engine;

import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.ReplayPolicy;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A policy as it changes while a day passes, with a window for each pool of the fleet. */
final class PolicyCourse {
    private final FleetPools pools;
    private final NavigableMap<Long, LivePolicy> changes;
    private LivePolicy live;

    PolicyCourse(ReplayPolicy replayed, FleetPools pools) {
        this.pools = pools;
        this.changes = new TreeMap<>(replayed.changes());
        this.live = pools.windowed(replayed.live());
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
        live = pools.windowed(changes.pollFirstEntry().getValue());
        return live;
    }
}
