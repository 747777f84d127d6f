package io.yardmaster.core.cycle;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.values.TaskKind;

/** One part of a cycle. */
interface Stage {
    /**
     * A task that is to be assigned.
     *
     * @param taskIndex -1 unless the kind is {@link TaskKind#TASK}
     * @param trace null if it has none
     */
    record Offer(Job job, TaskKind kind, int taskIndex, int attempt, long readyAt, String trace) {}

    /** The stage's part of a new cycle begins. */
    default void begin() {}

    /**
     * Takes the next task.
     *
     * @param offered how many this stage has offered in this cycle
     * @return null if the stage has nothing more to offer in this cycle
     */
    Offer take(int offered);

    /** Its part of the cycle is over. */
    default void end() {}
}
