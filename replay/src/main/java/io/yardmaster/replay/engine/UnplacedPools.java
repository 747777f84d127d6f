package io.yardmaster.replay.engine;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ReplayPolicy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds pools of a policy for which a fleet has no places, so that nothing that the policy says of them has an effect. */
public final class UnplacedPools {
    private UnplacedPools() {}

    /**
     * A sentence for each policy that has such pools.
     *
     * @param hosts that are of a pool
     */
    public static List<String> notes(List<ReplayPolicy> policies, ModelFleet fleet, List<HostChange> hosts) {
        FleetPools places = FleetPools.of(fleet, hosts);
        return policies.stream().flatMap(policy -> note(policy, places)).toList();
    }

    private static Stream<String> note(ReplayPolicy policy, FleetPools places) {
        Set<String> unplaced = new TreeSet<>();
        unplaced.addAll(policy.pools().placed());
        unplaced.addAll(policy.pools().strategies().keySet());
        unplaced.addAll(policy.pools().preemptions().keySet());
        Stream.concat(Stream.of(policy.live()), policy.changes().values().stream())
                .forEach(live -> unplaced.addAll(named(live)));
        unplaced.removeIf(pool -> places.hasSlots(pool) || places.hasHosts(pool));
        return unplaced.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "%s: its rules for %s %s change nothing, as the fleet has neither slots nor hosts for such tasks"
                                .formatted(
                                        policy.name(),
                                        unplaced.size() == 1 ? "pool" : "pools",
                                        String.join(", ", unplaced)));
    }

    private static Set<String> named(LivePolicy live) {
        Set<String> pools = new TreeSet<>(live.poolRates().keySet());
        live.limits().keySet().stream()
                .filter(LimitKeys::isOfPool)
                .map(LimitKeys::pool)
                .forEach(pools::add);
        return pools;
    }
}
