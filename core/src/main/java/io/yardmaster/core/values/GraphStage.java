package io.yardmaster.core.values;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stage of a job's graph: tasks of one kind. The tasks of a graph are numbered through its stages, in their order.
 *
 * @param name unique in its graph
 * @param tasks 1 or more
 * @param after the stages that this one waits for, before or behind it in the graph
 * @param attempts how often a task is tried at most, 1 or more
 * @param backoff the time between a failure and the second attempt, in ms, 0 or more; it doubles with each further attempt
 * @param timeout how long a task may run, in ms; 0 for no limit
 * @param priority of its tasks among those of the job: one of a higher priority goes first (L1); from -{@value #MOST_PRIORITY} to
 *     {@value #MOST_PRIORITY}
 * @param needs the units that each task holds of named limits from its dispatch to its end, 1 or more of each (L5)
 * @param pool the pool whose execution managers run its tasks; empty for the default pool
 * @param hosts what its tasks ask of the hosts of the pool
 * @param payload goes into each assignment of the stage, unchanged; the caller must not change the array afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // stages are not compared
public record GraphStage(
        String name,
        int tasks,
        List<Dependency> after,
        When when,
        int attempts,
        long backoff,
        long timeout,
        int priority,
        Map<String, Long> needs,
        String pool,
        HostDemand hosts,
        byte[] payload) {
    /** The largest priority of a stage, and the least one without its sign. */
    public static final int MOST_PRIORITY = 100;

    /** The payload of a stage that has none. */
    public static final byte[] NO_PAYLOAD = {};

    /** The condition under which a task runs, judged once, when the last of its dependencies has ended (G2). */
    public enum When {
        /** Every dependency has succeeded. */
        ALL,
        /** At least one dependency has succeeded. */
        ANY,
        /** Always. */
        ENDED
    }

    /**
     * A stage that another one waits for.
     *
     * @param each whether task i waits for task i of that stage alone, which then must have as many tasks; otherwise each
     *     task waits for all of that stage
     */
    public record Dependency(String stage, boolean each) {}

    /** A stage that asks nothing of hosts. */
    public GraphStage(
            String name,
            int tasks,
            List<Dependency> after,
            When when,
            int attempts,
            long backoff,
            long timeout,
            int priority,
            Map<String, Long> needs,
            String pool,
            byte[] payload) {
        this(name, tasks, after, when, attempts, backoff, timeout, priority, needs, pool, HostDemand.NONE, payload);
    }

    /** A stage of the default pool and the normal priority. */
    public GraphStage(
            String name,
            int tasks,
            List<Dependency> after,
            When when,
            int attempts,
            long backoff,
            long timeout,
            Map<String, Long> needs,
            byte[] payload) {
        this(name, tasks, after, when, attempts, backoff, timeout, 0, needs, "", payload);
    }

    /** Such a stage whose tasks need no limit. */
    public GraphStage(
            String name,
            int tasks,
            List<Dependency> after,
            When when,
            int attempts,
            long backoff,
            long timeout,
            byte[] payload) {
        this(name, tasks, after, when, attempts, backoff, timeout, Map.of(), payload);
    }

    /** The same stage, with tasks that need this. */
    public GraphStage withNeeds(Map<String, Long> otherNeeds, String otherPool, HostDemand otherHosts) {
        return new GraphStage(
                name,
                tasks,
                after,
                when,
                attempts,
                backoff,
                timeout,
                priority,
                otherNeeds,
                otherPool,
                otherHosts,
                payload);
    }

    /** The same stage with this payload. */
    public GraphStage withPayload(byte[] other) {
        return new GraphStage(
                name, tasks, after, when, attempts, backoff, timeout, priority, needs, pool, hosts, other);
    }

    public GraphStage {
        after = List.copyOf(after);
        needs = sorted(needs);
    }

    /** The units that each of its tasks holds of limits by name, those that it needs and a place in its pool, and the size of their gang. */
    public Map<String, Long> holds() {
        if (pool.isEmpty()) {
            return needs;
        }
        SortedMap<String, Long> all = new TreeMap<>(needs);
        all.put(LimitKeys.ofPool(pool), 1L);
        if (hosts.gang() && tasks > 1) {
            all.put(LimitKeys.GANG, (long) tasks);
        }
        return Collections.unmodifiableSortedMap(all);
    }

    private static Map<String, Long> sorted(Map<String, Long> needs) {
        return needs.isEmpty() || needs instanceof SortedMap
                ? needs
                : Collections.unmodifiableSortedMap(new TreeMap<>(needs));
    }
}
