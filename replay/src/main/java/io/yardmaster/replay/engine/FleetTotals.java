package io.yardmaster.replay.engine;

import io.yardmaster.replay.ModelHost;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up what the hosts of a fleet have, while they come and go. */
final class FleetTotals {
    private final Map<String, Map<String, Long>> byHost = new HashMap<>();
    private final Map<String, Long> sums = new HashMap<>();
    private final SortedMap<String, Long> most = new TreeMap<>();

    /** A host has the amounts that it says from now on. */
    void has(String pool, ModelHost host) {
        Map<String, Long> before = byHost.put(pool + '/' + host.name(), host.amounts());
        if (before != null) {
            before.forEach((resource, amount) -> sums.merge(resource, -amount, Long::sum));
        }
        host.amounts().forEach((resource, amount) -> {
            long sum = sums.merge(resource, amount, Math::addExact);
            most.merge(resource, sum, Math::max);
        });
    }

    /** The most of each resource that all hosts had at once, by its name. */
    SortedMap<String, Long> most() {
        return most;
    }
}
