package io.yardmaster.topology.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The entries that let tasks on hosts lose their places to tasks of higher priority.
 *
 * @param perMinute how many tasks of each pool may in a minute; a pool that is not named allows none
 * @param groups whether tasks of resource groups may
 * @param others whether those of all other groups may
 */
public record PreemptionPolicy(Map<String, Integer> perMinute, Map<Long, Boolean> groups, boolean others) {
    /** Nobody loses a place. */
    static final PreemptionPolicy NONE = new PreemptionPolicy(Map.of(), Map.of(), false);

    /** Keeps copies. */
    public PreemptionPolicy {
        perMinute = Map.copyOf(perMinute);
        groups = Map.copyOf(groups);
    }

    static PreemptionPolicy of(Collection<PolicyRow> rows) {
        Map<String, Integer> perMinute = new HashMap<>();
        Map<Long, Boolean> groups = new HashMap<>();
        boolean others = false;
        for (PolicyRow row : rows) {
            PolicyKey key = row.key();
            if (row.placesOnHosts() && row.fields().get(PolicyKind.PREEMPTIONS) instanceof Long most) {
                perMinute.put(key.id(), Math.toIntExact(most));
            }
            if (row.fields().get(PolicyKind.PREEMPTIBLE) instanceof Boolean may) {
                if (key.kind() == PolicyKind.DEFAULT) {
                    others = may;
                } else {
                    groups.put(Long.parseLong(key.id()), may);
                }
            }
        }
        return perMinute.isEmpty() && groups.isEmpty() && !others
                ? NONE
                : new PreemptionPolicy(perMinute, groups, others);
    }

    /** The number of tasks of a pool that may lose their hosts in a minute. */
    public int perMinute(String pool) {
        return perMinute.getOrDefault(pool, 0);
    }

    /** Returns whether tasks of a resource group may lose their hosts. */
    public boolean isPreemptible(long group) {
        return groups.getOrDefault(group, others);
    }
}
