package io.yardmaster.replay.engine;

import io.yardmaster.core.state.Storage;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The scheduler's state on the heap. Searches are as fast as reads, for a core that looks for what to delete in each tick. */
public final class StateInMemory implements Storage {
    private final TreeMap<byte[], byte[]> entries;

    /** An empty state. */
    public StateInMemory() {
        this.entries = new TreeMap<>(Arrays::compareUnsigned);
    }

    /** A copy of a state, which takes time proportional to its entries. */
    public StateInMemory(StateInMemory other) {
        this.entries = new TreeMap<>(other.entries);
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        entries.remove(key);
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        for (Map.Entry<byte[], byte[]> one : entries.tailMap(prefix).entrySet()) {
            byte[] key = one.getKey();
            if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                return;
            }
            entry.accept(key, one.getValue());
        }
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        Map.Entry<byte[], byte[]> first = entries.ceilingEntry(from);
        return first == null || Arrays.compareUnsigned(first.getKey(), to) >= 0 ? null : first;
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        Iterator<byte[]> keys = entries.subMap(from, to).keySet().iterator();
        byte[] last = null;
        for (int deleted = 0; deleted < limit; deleted++) {
            if (!keys.hasNext()) {
                return null;
            }
            last = keys.next();
            keys.remove();
        }
        return last;
    }

    /** The bytes of all keys and values. */
    public long bytes() {
        return entries.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length + entry.getValue().length)
                .sum();
    }
}
