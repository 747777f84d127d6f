package io.yardmaster.core.values;

import org.jspecify.annotations.Nullable;

/**
 * An assignment: one task offered to the fleet.
 *
 * @param id unique for ever among all schedulers whose {@code idBase} differs (S13)
 * @param taskIndex -1 unless {@code kind} is {@link TaskKind#TASK}
 * @param readyAt epoch milliseconds at which the task's event was made. Exact while few tasks wait. A long queue merges
 *     events; the error is then at most a quarter of the time between this event and that of the task which was at the
 *     head when this one came
 * @param stage the stage of the job's graph that the task belongs to; null if it has none or is no {@link TaskKind#TASK}
 * @param trace the trace of the task's event, unchanged; null if the event had none
 */
public record DispatchedTask(
        long id,
        long group,
        long job,
        TaskKind kind,
        int taskIndex,
        int attempt,
        long session,
        long readyAt,
        @Nullable GraphStage stage,
        @Nullable String trace)
        implements Decision {
    /** The pool that the task goes to; empty for the default one. */
    public String pool() {
        return stage == null ? "" : stage.pool();
    }
}
