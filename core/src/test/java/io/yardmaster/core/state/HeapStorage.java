package io.yardmaster.core.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A {@link Storage} on the heap that can be copied, for a restart, and measured. */
public final class HeapStorage implements Storage {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private long reads;
    private long writes;
    private int longestPut;
    private long bytesPut;

    public HeapStorage copy() {
        HeapStorage copy = new HeapStorage();
        copy.entries.putAll(entries);
        copy.longestPut = longestPut;
        return copy;
    }

    @Override
    public byte[] get(byte[] key) {
        reads++;
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        writes++;
        longestPut = Math.max(longestPut, value.length);
        bytesPut += value.length;
        entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        writes++;
        entries.remove(key);
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        startingWith(prefix).forEach((key, value) -> {
            reads++;
            entry.accept(key, value);
        });
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        reads++;
        // The map's own entry gets another key when it is deleted.
        return entries.subMap(from, to).entrySet().stream()
                .findFirst()
                .map(Map.Entry::copyOf)
                .orElse(null);
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        reads++;
        List<byte[]> keys = new ArrayList<>(
                entries.subMap(from, to).keySet().stream().limit(limit).toList());
        keys.forEach(this::delete);
        return keys.size() < limit ? null : keys.get(limit - 1);
    }

    private SortedMap<byte[], byte[]> startingWith(byte[] prefix) {
        return entries.subMap(prefix, Keys.end(prefix));
    }

    public List<byte[]> keys() {
        return List.copyOf(entries.keySet());
    }

    public int size() {
        return entries.size();
    }

    /** The bytes of all keys and values. */
    public long bytes() {
        return entries.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length + entry.getValue().length)
                .sum();
    }

    public int largestValue() {
        return entries.values().stream().mapToInt(value -> value.length).max().orElse(0);
    }

    /** The bytes of the longest value that was ever put, here or into that which this is a copy of. */
    public int longestPut() {
        return longestPut;
    }

    /** The bytes of values put since the last call. */
    public long takeBytesPut() {
        long taken = bytesPut;
        bytesPut = 0;
        return taken;
    }

    /** The entries read, one by one or in scans, since the last call. */
    public long takeReads() {
        long taken = reads;
        reads = 0;
        return taken;
    }

    /** The gets, puts, deletes, and entries of scans and ranges since the last call. */
    public long takeOperations() {
        return takeReads() + takeWrites();
    }

    /** All keys and values, as text. */
    public List<String> texts() {
        HexFormat hex = HexFormat.of();
        return entries.entrySet().stream()
                .map(entry -> hex.formatHex(entry.getKey()) + " = " + hex.formatHex(entry.getValue()))
                .toList();
    }

    /** Grows with each entry that is put or deleted. */
    public long writes() {
        return writes;
    }

    /** The entries put or deleted since the last call. */
    public long takeWrites() {
        long taken = writes;
        writes = 0;
        return taken;
    }
}
