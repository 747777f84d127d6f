package io.yardmaster.app.storage;

import java.util.List;

/** The way of submitted jobs' events to the scheduler: one for new jobs, another one for resumed jobs. */
interface EventFlow {
    void send(List<StorageEvent<?>> events);

    /** Takes note that this task was dispatched. */
    void dispatched(TaskKey task);

    /** Takes note that a task has ended. */
    default void ended(EndedTask end) {}

    /**
     * Returns whether the events topic must have an event about these jobs by now, if the scheduler writes any: something of
     * them was dispatched, and their first event is not too old to be there.
     */
    default boolean expectsEvents() {
        return false;
    }

    /** Returns whether the refusal is an answer that this flow asked for. */
    default boolean expected(Refusal refusal) {
        return false;
    }

    /** Tasks that turn out to have ended before they were reported ready. */
    default List<EndedTask> endedBefore() {
        return List.of();
    }
}
