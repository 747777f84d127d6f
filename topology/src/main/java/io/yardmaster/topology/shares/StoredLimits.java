package io.yardmaster.topology.shares;

import io.yardmaster.topology.shares.Division.Granted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored part of a shard's limits, each under a key of its own, so that a change of one writes no others.
 *
 * @param quotas the shard's own, by limit
 * @param granted the grants to all shards, by limit, if this shard divides them; else empty
 */
record StoredLimits(Map<String, Quota> quotas, Map<String, List<Granted>> granted) {
    private static final String QUOTA = "q/";
    private static final String GRANTED = "g/";

    /** Reads values that were stored, by key. */
    static StoredLimits read(Map<String, byte[]> stored, int shards) {
        StoredLimits limits = new StoredLimits(new HashMap<>(), new HashMap<>());
        stored.forEach((key, value) -> {
            if (key.startsWith(QUOTA)) {
                limits.quotas.put(key.substring(QUOTA.length()), StoredShare.readQuota(value));
            } else if (key.startsWith(GRANTED)) {
                limits.granted.put(key.substring(GRANTED.length()), StoredShare.readGrants(value, shards));
            }
        });
        return limits;
    }

    /** The values to be stored, by key; null for one that is to be deleted. */
    static Map<String, byte[]> changes(Map<String, byte[]> quotas, Map<String, byte[]> granted) {
        Map<String, byte[]> changes = new HashMap<>();
        quotas.forEach((limit, value) -> changes.put(QUOTA + limit, value));
        granted.forEach((limit, value) -> changes.put(GRANTED + limit, value));
        return changes;
    }
}
