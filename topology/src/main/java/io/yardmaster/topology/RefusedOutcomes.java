package io.yardmaster.topology;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs of the outcomes that an instance has refused as dead letters, until their shards take note of them. Those of a shard are
 * added and taken by the thread that runs it.
 */
final class RefusedOutcomes {
    private final Map<Integer, Set<Long>> byShard = new ConcurrentHashMap<>();

    /** An outcome that lies in the partition of this shard was refused. */
    void add(int shard, long job) {
        byShard.computeIfAbsent(shard, first -> ConcurrentHashMap.newKeySet()).add(job);
    }

    /** Removes and returns the jobs of a shard. */
    Set<Long> take(int shard) {
        Set<Long> jobs = byShard.remove(shard);
        return jobs == null ? Set.of() : jobs;
    }
}
