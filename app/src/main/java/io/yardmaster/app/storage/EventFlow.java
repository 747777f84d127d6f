package io.yardmaster.app.storage;

import java.util.List;

/** The way of submitted jobs' events to the scheduler: one for new jobs, another one for resumed jobs. */
interface EventFlow {
    void send(List<StorageEvent<?>> events);

    /** Takes note that this task was dispatched. */
    void dispatched(TaskKey task);

    /** Takes note that this task is done. */
    default void done(TaskKey task) {}

    /** Returns whether the refusal is an answer that this flow asked for. */
    default boolean expected(Refusal refusal) {
        return false;
    }

    /** Tasks that turn out to have been done before they were reported ready. */
    default List<TaskKey> doneBefore() {
        return List.of();
    }
}
