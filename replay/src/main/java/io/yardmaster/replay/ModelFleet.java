package io.yardmaster.replay;

import java.util.List;

/**
 * The fleet of a replay.
 *
 * @param slots tasks that run, or wait for a host, at the same time at most, 1 or more
 * @param durations the source of the tasks' durations
 * @param seed of the drawn durations
 * @param unknownRuntime how long a task takes of which nothing was recorded, in ms, 0 or more
 * @param hosts on which tasks run that ask for something of a host; without any, all tasks run in slots
 */
public record ModelFleet(int slots, TaskDurations durations, long seed, long unknownRuntime, List<ModelHost> hosts) {
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
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("slots must be from 1 to " + MOST_SLOTS + ", not " + slots);
        }
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
