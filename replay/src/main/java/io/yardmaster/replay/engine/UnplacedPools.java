package io.yardmaster.replay;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds pools of a policy for which a fleet has no places, so that nothing that the policy says of them has an effect. */
final class UnplacedPools {
    private UnplacedPools() {}

    /**
     * A sentence for each policy that has such pools.
     *
     * @param hosts that are of a pool
     */
    static List<String> notes(List<ReplayPolicy> policies, ModelFleet fleet, List<HostChange> hosts) {
        Set<String> placed = new TreeSet<>(fleet.pools().keySet());
        hosts.forEach(change -> placed.add(change.pool()));
        boolean haveCommonHosts =
                fleet.hosts().stream().anyMatch(host -> host.pool().isEmpty());
        return haveCommonHosts
                ? List.of()
                : policies.stream().flatMap(policy -> note(policy, placed)).toList();
    }

    private static Stream<String> note(ReplayPolicy policy, Set<String> placed) {
        Set<String> unplaced = new TreeSet<>();
        unplaced.addAll(policy.pools().placed());
        unplaced.addAll(policy.pools().strategies().keySet());
        unplaced.addAll(policy.pools().preemptions().keySet());
        Stream.concat(Stream.of(policy.live()), policy.changes().values().stream())
                .forEach(live -> unplaced.addAll(named(live)));
        unplaced.removeAll(placed);
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
