package io.yardmaster.topology.policy;

import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.OpportunityCost;
import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.Spread;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the strategies of pools that place tasks on hosts out of the policy's entries. */
final class PoolStrategies {
    static final List<String> NAMES = List.of("best-fit", "e-pvm", "spread");

    private PoolStrategies() {}

    /** By pool; a pool that is not named has made no choice. */
    static Map<String, PlacementStrategy> of(SortedMap<PolicyKey, SortedMap<String, Object>> entries) {
        Map<String, PlacementStrategy> strategies = new TreeMap<>();
        entries.forEach((key, fields) -> {
            if (key.kind() == PolicyKind.POOL && fields.get(PolicyKind.STRATEGY) instanceof String name) {
                strategies.put(key.id(), named(name));
            }
        });
        return strategies;
    }

    private static PlacementStrategy named(String name) {
        return switch (name) {
            case "best-fit" -> BestFit.DEFAULT;
            case "e-pvm" -> new OpportunityCost();
            case "spread" -> new Spread();
            default -> throw new IllegalArgumentException("there is no strategy " + name);
        };
    }
}
