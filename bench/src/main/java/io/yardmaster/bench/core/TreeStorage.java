package io.yardmaster.bench.core;

import io.yardmaster.core.state.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A storage on the heap in which searches are as fast as reads, for a core that looks for what to delete in each tick. */
final class TreeStorage implements Storage {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

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
        List<byte[]> keys =
                entries.subMap(from, to).keySet().stream().limit(limit).toList();
        keys.forEach(this::delete);
        return keys.size() < limit ? null : keys.get(limit - 1);
    }

    /** The bytes of all keys and values. */
    long bytes() {
        return entries.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length + entry.getValue().length)
                .sum();
    }
}
