package io.yardmaster.core.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The standings of pools in the state, each of which is written when it has changed. */
final class StoredStandings {
    private final PoolState state;
    private final Map<String, PoolStanding> stored = new HashMap<>();

    StoredStandings(PoolState state) {
        this.state = state;
        state.standings().forEach(each -> stored.put(each.pool(), each));
    }

    List<PoolStanding> all() {
        return List.copyOf(stored.values());
    }

    /**
     * Stores the standings as they are.
     *
     * @param planned the pool of the plan under way, which is lost with this process: another one is to plan the pool again
     */
    void store(Collection<PoolStanding> standings, @Nullable String planned) {
        Set<String> gone = new HashSet<>(stored.keySet());
        for (PoolStanding each : standings) {
            PoolStanding kept = each.pool().equals(planned)
                    ? new PoolStanding(each.pool(), each.rank(), true, each.retryAt(), each.lastPlaced())
                    : each;
            gone.remove(each.pool());
            if (!kept.equals(stored.put(each.pool(), kept))) {
                state.put(kept);
            }
        }
        gone.forEach(pool -> {
            stored.remove(pool);
            state.deleteStanding(pool);
        });
    }
}
