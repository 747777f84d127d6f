package io.yardmaster.bench.core;

import io.yardmaster.core.state.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A storage on the heap that is fast at frequent operations; scans, which happen only at the start, sort each time. */
final class HashStorage implements Storage {
    private final Map<ByteBuffer, byte[]> entries = new HashMap<>();

    @Override
    public byte[] get(byte[] key) {
        return entries.get(ByteBuffer.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(ByteBuffer.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        entries.remove(ByteBuffer.wrap(key));
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        sorted(key -> key.length >= prefix.length
                        && Arrays.mismatch(key, 0, prefix.length, prefix, 0, prefix.length) < 0)
                .forEach(key -> entry.accept(key, get(key)));
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        return sorted(key -> Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0).stream()
                .findFirst()
                .map(key -> Map.entry(key, get(key)))
                .orElse(null);
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        List<byte[]> keys =
                sorted(key -> Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0).stream()
                        .limit(limit)
                        .toList();
        keys.forEach(this::delete);
        return keys.size() < limit ? null : keys.get(limit - 1);
    }

    private List<byte[]> sorted(Predicate<byte[]> wanted) {
        return entries.keySet().stream()
                .map(ByteBuffer::array)
                .filter(wanted)
                .sorted(Arrays::compareUnsigned)
                .toList();
    }
}
