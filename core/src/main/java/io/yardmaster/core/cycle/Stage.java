package io.yardmaster.core.cycle;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.values.TaskKind;
import org.jspecify.annotations.Nullable;

/** One part of a cycle. */
interface Stage {
    /** Takes a task to assign. Its values go as arguments, because an object for each of them is seen in the throughput. */
    interface Offers {
        /**
         * Offers a task.
         *
         * @param taskIndex -1 unless the kind is {@link TaskKind#TASK}
         * @param trace null if the task has none
         */
        void offer(Job job, TaskKind kind, int taskIndex, int attempt, long readyAt, @Nullable String trace);
    }

    /** Begins the stage's part of a new cycle. */
    default void begin() {}

    /**
     * Offers the next tasks. If they are fewer than {@code most}, the stage has nothing more to offer in this cycle, or nothing
     * waits in any stage.
     *
     * @param offered the number of tasks that this stage has offered in this cycle before
     * @param most 1 or more
     * @return the number of tasks that it has offered now
     */
    int offer(int offered, int most, Offers offers);

    /** Ends the stage's part of the cycle. */
    default void end() {}
}
