package io.yardmaster.core.graph;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Policy;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The graphs of the latest jobs that have ended, on disk, for a person to look at: a hundred, and none for longer than jobs are remembered. */
final class EndedGraphs {
    static final int MOST = 100;
    /** A larger graph is forgotten at once. */
    static final int MOST_STAGES = 10_000;

    private static final long NEVER = Long.MAX_VALUE / 2;

    private final GraphStore store;
    private final Storage storage;
    private final AgeClock clock;
    private final long expiry;
    private int size;
    /** The age at which the first one ended is not lower. */
    private long earliest = NEVER;
    /** All keys are higher; a search from there does not pass deleted ones. */
    private byte[] from = GraphKeys.endedSince();

    EndedGraphs(Policy policy, GraphStore store, AgeClock clock) {
        this.store = store;
        this.storage = store.storage();
        this.clock = clock;
        this.expiry = Math.max(
                policy.finalizingExpiry().toMillis(), policy.dedupExpiry().toMillis());
    }

    /** Must follow the loading of the ledger. */
    void load() {
        storage.scan(GraphKeys.endedSince(), (key, value) -> {
            earliest = Math.min(earliest, GraphKeys.number(key, 0));
            size++;
        });
    }

    /** Keeps a graph as it is at its end, or forgets it if it is too large. */
    void keep(Graph graph, StateWriter writer) {
        if (graph.stages > MOST_STAGES) {
            store.discard(graph.owner);
            return;
        }
        long age = clock.age();
        byte[] job = ByteBuffer.allocate(8).putLong(graph.job).array();
        storage.put(GraphKeys.endedSince(age, graph.owner), job);
        storage.put(GraphKeys.ended(graph.job), graph.write(writer));
        earliest = Math.min(earliest, age);
        if (++size > MOST) {
            forgetFirst(Long.MIN_VALUE);
        }
    }

    /** Forgets the graphs that ended too long ago, some in each tick. */
    void tick() {
        for (int forgotten = 0; forgotten < MOST && clock.passed(expiry, earliest); forgotten++) {
            forgetFirst(expiry);
        }
    }

    /** Forgets the graph that ended first, if that is so long ago. */
    private void forgetFirst(long age) {
        Map.Entry<byte[], byte[]> first = storage.next(from, Keys.end(GraphKeys.endedSince()));
        earliest = first == null ? NEVER : GraphKeys.number(first.getKey(), 0);
        if (first == null || (age > 0 && !clock.passed(age, earliest))) {
            return;
        }
        from = first.getKey();
        long owner = GraphKeys.number(from, 1);
        byte[] root = GraphKeys.ended(ByteBuffer.wrap(first.getValue()).getLong());
        byte[] record = storage.get(root);
        // The job may have had another graph since then.
        if (record != null && ownerOf(record) == owner) {
            storage.delete(root);
        }
        storage.delete(from);
        store.discard(owner);
        size--;
    }

    /** The record of the graph of a job that has ended; null if there is none. */
    byte @Nullable [] look(long job) {
        return storage.get(GraphKeys.ended(job));
    }

    /** The owner of a graph by its record. */
    private static long ownerOf(byte[] record) {
        StateReader reader = new StateReader(record);
        reader.layout(Graph.LAYOUT, Graph.LAYOUT, "graph");
        reader.signed();
        return reader.unsigned();
    }
}
