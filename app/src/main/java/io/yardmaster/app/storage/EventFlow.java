package io.yardmaster.app.storage;

import java.util.List;

/** On what terms the events of submitted jobs go to the scheduler. */
interface EventFlow {
    void send(List<StorageEvent<?>> events);

    /** Takes note that this was dispatched. */
    void dispatched(TaskKey task);

    /** Takes note that this is done. */
    default void done(TaskKey task) {}

    /** Whether the refusal is an answer that this flow asked for. */
    default boolean expected(Refusal refusal) {
        return false;
    }

    /** What turns out to have been done before it was said to be ready. */
    default List<TaskKey> doneBefore() {
        return List.of();
    }
}
