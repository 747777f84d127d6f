package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Ready;
import io.yardmaster.torture.checker.Evidence.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks that the ready lane demands, in order: each attempt of a task that is higher than those before it, unless a
 * newer session came before it in the same partition.
 */
final class Accepted {
    /** A job in a session. */
    record JobKey(long session, long job) {}

    /** The time and place of the first event that made a task ready. */
    record Origin(int shard, long offset, long time, long group) {}

    private final Map<JobKey, List<Unit>> byJob = new HashMap<>();
    private final Map<Unit, Origin> origins = new HashMap<>();
    private final Map<Long, Integer> shards = new HashMap<>();
    private final Map<JobKey, Map<Integer, Integer>> highestAttempt = new HashMap<>();

    static Accepted of(Evidence evidence) {
        Accepted accepted = new Accepted();
        Map<Integer, Long> newest = new HashMap<>();
        accepted.shards.putAll(evidence.shardsOfGraphs());
        evidence.ends().forEach(end -> accepted.shards.put(end.job(), end.shard()));
        evidence.ready().stream()
                .sorted(Comparator.comparingInt(Ready::shard).thenComparingLong(Ready::offset))
                .forEach(event -> {
                    accepted.shards.put(event.job(), event.shard());
                    if (event.session() >= newest.merge(event.shard(), event.session(), Math::max)) {
                        accepted.take(event);
                    }
                });
        return accepted;
    }

    private void take(Ready event) {
        JobKey key = new JobKey(event.session(), event.job());
        List<Unit> units = byJob.computeIfAbsent(key, k -> new ArrayList<>());
        Map<Integer, Integer> highest = highestAttempt.computeIfAbsent(key, k -> new HashMap<>());
        for (int index : event.indices()) {
            if (event.attempt() > highest.getOrDefault(index, -1)) {
                highest.put(index, event.attempt());
                Unit unit = new Unit(event.session(), event.job(), Kind.TASK, index, event.attempt());
                units.add(unit);
                origins.put(unit, new Origin(event.shard(), event.offset(), event.time(), event.group()));
            }
        }
    }

    long size() {
        return origins.size();
    }

    Set<JobKey> jobs() {
        return new HashSet<>(byJob.keySet());
    }

    List<Unit> of(JobKey job) {
        return byJob.getOrDefault(job, List.of());
    }

    /** Null if the task was never made ready. */
    Origin origin(Unit unit) {
        return origins.get(unit);
    }

    /** The shard of a job that had any event. */
    int shard(long job) {
        return shards.getOrDefault(job, -1);
    }
}
