package io.yardmaster.core.graph;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.PageStore;
import io.yardmaster.core.state.Storage;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes what belongs to a graph, under a number that no other graph ever has, its owner. */
final class GraphStore {
    /** A longer value lies in several entries. */
    private static final int MOST_BYTES = 4_000;

    private static final int DELETED_PER_TICK = 1_000;

    private final Storage storage;
    /** The owner whose entries are being deleted, and the key from which some are left; null if there may be none. */
    private byte @Nullable [] nextGarbage = GraphKeys.garbage();

    private byte @Nullable [] from;

    GraphStore(Storage storage) {
        this.storage = storage;
    }

    Storage storage() {
        return storage;
    }

    /** The value of this kind and number; null if there is none. */
    byte @Nullable [] get(long owner, byte kind, int number) {
        byte[] first = storage.get(GraphKeys.owned(owner, kind, number, 0));
        if (first == null || first.length < MOST_BYTES) {
            return first;
        }
        byte[] all = first;
        byte[] part = first;
        for (int parts = 1; part != null && part.length == MOST_BYTES; parts++) {
            part = storage.get(GraphKeys.owned(owner, kind, number, parts));
            if (part != null) {
                int length = all.length;
                all = Arrays.copyOf(all, length + part.length);
                System.arraycopy(part, 0, all, length, part.length);
            }
        }
        return all;
    }

    /** Puts a value of any size; a shorter one than before ends with a short entry, behind which nothing is read. */
    void put(long owner, byte kind, int number, byte[] value) {
        int part = 0;
        for (int at = 0; at <= value.length; at += MOST_BYTES) {
            byte[] entry = at == 0 && value.length < MOST_BYTES
                    ? value
                    : Arrays.copyOfRange(value, at, Math.min(value.length, at + MOST_BYTES));
            storage.put(GraphKeys.owned(owner, kind, number, part++), entry);
        }
    }

    /** The pages of the marks of an owner's tasks. */
    PageStore marks(long owner) {
        return new PageStore() {
            @Override
            public byte @Nullable [] get(int part, int number) {
                return storage.get(GraphKeys.owned(owner, GraphKeys.MARKS, part, number));
            }

            @Override
            public void put(int part, int number, byte[] page) {
                storage.put(GraphKeys.owned(owner, GraphKeys.MARKS, part, number), page);
            }

            @Override
            public void delete(int part, int number) {
                storage.delete(GraphKeys.owned(owner, GraphKeys.MARKS, part, number));
            }
        };
    }

    /** Has all entries of an owner deleted, in later ticks. */
    void discard(long owner) {
        storage.put(GraphKeys.garbage(owner), new byte[0]);
        if (nextGarbage == null) {
            nextGarbage = GraphKeys.garbage();
        }
    }

    /** Deletes up to a thousand entries of one owner. */
    void reclaim() {
        if (nextGarbage == null) {
            return;
        }
        Map.Entry<byte[], byte[]> first = storage.next(nextGarbage, Keys.end(GraphKeys.garbage()));
        if (first == null) {
            nextGarbage = null;
            return;
        }
        nextGarbage = first.getKey();
        byte[] prefix = GraphKeys.owned(GraphKeys.number(nextGarbage, 0));
        from = storage.deleteRange(from == null ? prefix : from, Keys.end(prefix), DELETED_PER_TICK);
        if (from == null) {
            storage.delete(nextGarbage);
        }
    }
}
