package io.yardmaster.replay.fidelity;

import io.yardmaster.core.state.Storage;
import java.util.Map;
import java.util.function.BiConsumer;

/** The state of a shard, of which a crash takes back all changes since the latest transaction. */
final class DurableState implements Storage {
    private final UndoStorage entries = new UndoStorage();
    private long changes;

    /** Grows with each change. */
    long changes() {
        return changes;
    }

    void commit() {
        entries.mark();
    }

    void abort() {
        entries.goBack();
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        changes++;
        entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        changes++;
        entries.delete(key);
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        entries.scan(prefix, entry);
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        return entries.next(from, to);
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        if (entries.next(from, to) != null) {
            changes++;
        }
        return entries.deleteRange(from, to, limit);
    }
}
