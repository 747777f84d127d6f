package io.yardmaster.replay;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fleet of a replay.
 *
 * @param slots tasks that run at the same time at most, 1 or more; those on hosts and in pools with slots of their own need none
 * @param durations the source of the tasks' durations
 * @param seed of the drawn durations
 * @param unknownRuntime how long a task takes of which nothing was recorded, in ms, 0 or more
 * @param hosts on which tasks run that ask for something of a host; either all of them are of a pool, or none is. Without any, all tasks
 *     run in slots
 * @param pools the slots of pools that have some of their own, 1 or more of each
 */
public record ModelFleet(
        int slots,
        TaskDurations durations,
        long seed,
        long unknownRuntime,
        List<ModelHost> hosts,
        SortedMap<String, Integer> pools) {
    /** The most slots of a fleet. */
    public static final int MOST_SLOTS = 10_000_000;

    /** The source of the durations of tasks. */
    public enum TaskDurations {
        /** Each task takes as long as in the recording. */
        RECORDED,
        /** Each task takes as long as an earlier one of the same kind of work in the same resource group, drawn by chance. */
        DRAWN
    }

    public ModelFleet {
        hosts = List.copyOf(hosts);
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        check(slots);
        pools.values().forEach(ModelFleet::check);
    }

    private static void check(int slots) {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("slots must be from 1 to " + MOST_SLOTS + ", not " + slots);
        }
    }

    /** A fleet in which no pool has slots of its own. */
    public ModelFleet(int slots, TaskDurations durations, long seed, long unknownRuntime, List<ModelHost> hosts) {
        this(slots, durations, seed, unknownRuntime, hosts, Collections.emptySortedMap());
    }

    /** The same fleet, with slots of their own for these pools. */
    public ModelFleet with(Map<String, Integer> ofPools) {
        return new ModelFleet(slots, durations, seed, unknownRuntime, hosts, new TreeMap<>(ofPools));
    }

    /** A fleet without hosts. */
    public ModelFleet(int slots, TaskDurations durations, long seed, long unknownRuntime) {
        this(slots, durations, seed, unknownRuntime, List.of());
    }

    /** A fleet in which tasks take as long as in the recording, and 1 s if that is not known. */
    public static ModelFleet of(int slots) {
        return new ModelFleet(slots, TaskDurations.RECORDED, 0, 1_000);
    }
}
