package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest failure of each task of a graph that has not succeeded since then, on disk, for a person to look at. Those of
 * the first thousand such tasks are kept; one that succeeds in a later attempt makes room for another.
 */
final class TaskFailures {
    static final int MOST = 1_000;

    private static final int KILLED = 1;
    private static final int RETRIED = 2;

    private final GraphStore store;
    private final long owner;
    private final StateWriter writer = new StateWriter();
    private int size;

    /** @param retryAge the age at which the back-off before the next attempt ends, or -1 if there is none */
    record Kept(int index, int attempt, boolean killed, long endedAt, long retryAge, String reason) {}

    TaskFailures(GraphStore store, long owner) {
        this.store = store;
        this.owner = owner;
    }

    int size() {
        return size;
    }

    void resize(int stored) {
        size = stored;
    }

    /** Takes note of an attempt that did not succeed; a negative {@code retryAge} means no back-off. */
    void add(Event.AssignmentEnded event, long retryAge) {
        byte[] key = key(event.taskIndex());
        if (event.attempt() == 0 || store.storage().get(key) == null) {
            if (size >= MOST) {
                return;
            }
            size++;
        }
        int bits = (event.end() == TaskEnd.KILLED ? KILLED : 0) | (retryAge >= 0 ? RETRIED : 0);
        writer.reset().unsigned(bits).unsigned(event.attempt()).signed(event.endedAt());
        if (retryAge >= 0) {
            writer.unsigned(retryAge);
        }
        store.storage().put(key, writer.utf8(FailureReasons.cut(event.reason())).toBytes());
    }

    /** Forgets the failure of an earlier attempt of a task that has succeeded. */
    void succeeded(Event.AssignmentEnded event) {
        if (event.attempt() == 0 || size == 0) {
            return;
        }
        byte[] key = key(event.taskIndex());
        if (store.storage().get(key) != null) {
            store.storage().delete(key);
            size--;
        }
    }

    /** The first failure of a task from this one on, and before {@code end}; null if there is none. */
    @Nullable
    Kept next(int from, int end) {
        if (size == 0 || from >= end) {
            return null;
        }
        Map.Entry<byte[], byte[]> first = store.storage().next(key(from), key(end));
        if (first == null) {
            return null;
        }
        StateReader reader = new StateReader(first.getValue());
        int bits = reader.count();
        return new Kept(
                GraphKeys.major(first.getKey()),
                reader.count(),
                (bits & KILLED) != 0,
                reader.signed(),
                (bits & RETRIED) != 0 ? reader.unsigned() : -1,
                reader.utf8());
    }

    private byte[] key(int index) {
        return GraphKeys.owned(owner, GraphKeys.FAILURE, index, 0);
    }
}
