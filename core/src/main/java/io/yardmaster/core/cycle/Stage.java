package io.yardmaster.core.cycle;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.values.TaskKind;
import org.jspecify.annotations.Nullable;

/** One part of a cycle. */
interface Stage {
    /**
     * A task to assign.
     *
     * @param taskIndex -1 unless the kind is {@link TaskKind#TASK}
     * @param trace null if the task has none
     */
    record Offer(Job job, TaskKind kind, int taskIndex, int attempt, long readyAt, @Nullable String trace) {}

    /** Begins the stage's part of a new cycle. */
    default void begin() {}

    /**
     * Takes the next task.
     *
     * @param offered the number of tasks that this stage has offered in this cycle
     * @return null if the stage has nothing more to offer in this cycle
     */
    @Nullable
    Offer take(int offered);

    /** Ends the stage's part of the cycle. */
    default void end() {}
}
