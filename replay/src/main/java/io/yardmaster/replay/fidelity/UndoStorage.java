package io.yardmaster.replay.fidelity;

import io.yardmaster.core.state.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A scheduler's state on the heap that can go back to how it was at the latest mark. */
final class UndoStorage implements Storage {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    /** The values before the changes since the mark, the latest first. */
    private final Deque<Change> changes = new ArrayDeque<>();

    @SuppressWarnings("ArrayRecordComponent") // not compared
    private record Change(byte[] key, byte[] before) {}

    /** Makes the present state the one to go back to. */
    void mark() {
        changes.clear();
    }

    /** Takes back all changes since the mark. */
    void goBack() {
        while (!changes.isEmpty()) {
            Change change = changes.pop();
            if (change.before() == null) {
                entries.remove(change.key());
            } else {
                entries.put(change.key(), change.before());
            }
        }
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        changes.push(new Change(key, entries.put(key, value)));
    }

    @Override
    public void delete(byte[] key) {
        byte[] before = entries.remove(key);
        if (before != null) {
            changes.push(new Change(key, before));
        }
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        for (Map.Entry<byte[], byte[]> found : entries.tailMap(prefix, true).entrySet()) {
            byte[] key = found.getKey();
            if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                return;
            }
            entry.accept(key, found.getValue());
        }
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        Map.Entry<byte[], byte[]> next = entries.ceilingEntry(from);
        return next == null || Arrays.compareUnsigned(next.getKey(), to) >= 0 ? null : next;
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        List<byte[]> keys = new ArrayList<>(
                entries.subMap(from, to).keySet().stream().limit(limit).toList());
        keys.forEach(this::delete);
        return keys.size() < limit ? null : keys.get(limit - 1);
    }
}
