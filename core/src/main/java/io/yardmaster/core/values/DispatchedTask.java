package io.yardmaster.core.values;

/**
 * One task offered to the fleet.
 *
 * @param id unique for ever among all schedulers whose {@code idBase} differs (S13)
 * @param taskIndex -1 unless {@code kind} is {@link TaskKind#TASK}
 * @param readyAt epoch milliseconds at which the task's event was made. Exact while few tasks wait; in a long
 *     queue, where events are merged, off by at most a quarter of the time between this event and the one of the task
 *     that was at the head when this one came
 * @param trace what came with the task's event as its trace, unchanged; null if nothing did
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
        String trace)
        implements Decision {}
