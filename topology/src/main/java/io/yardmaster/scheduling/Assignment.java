package io.yardmaster.scheduling;

/**
 * One task offered to the fleet.
 *
 * @param id unique for ever among all schedulers whose {@code idBase} differs (S13)
 * @param taskIndex -1 unless {@code kind} is {@link TaskKind#TASK}
 * @param readyAt epoch milliseconds at which the task's event was made. Exact to 1 ms while few tasks wait; in a long
 *     queue, where events are merged, early by at most a quarter of the time that the queue spans
 */
public record Assignment(
        long id, long group, long job, TaskKind kind, int taskIndex, int attempt, long session, long readyAt) {}
