package io.yardmaster.core;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import java.util.List;

/** A scheduler under test, real or naive, which keeps its own log of decisions. */
interface Subject {
    long session();

    void apply(Event event);

    /** The assignments made so far. */
    List<DispatchedTask> assignments();

    /** Returns how many assignments it made. */
    int tick(long now, Budget budget);

    /** Makes all further decisions by these choices. */
    void follow(LivePolicy live);

    default void session(long session) {
        apply(new Event.SessionBegan(session));
    }

    default void ready(long group, long job, long session, int[] indices, int attempt, long readyAt, String trace) {
        apply(new Event.TasksReady(group, job, session, indices, attempt, readyAt, trace));
    }

    default void ready(long group, long job, long session, int[] indices, int attempt, long readyAt) {
        ready(group, job, session, indices, attempt, readyAt, null);
    }

    default void commit(long group, long job, long session, long readyAt, String trace) {
        apply(new Event.CommitReady(group, job, session, readyAt, trace));
    }

    default void cleanup(long group, long job, long session, boolean hasTask, long readyAt, String trace) {
        apply(new Event.CleanupReady(group, job, session, hasTask, readyAt, trace));
    }

    default int tick(long now, int budget) {
        return tick(now, Budget.of(budget));
    }
}
