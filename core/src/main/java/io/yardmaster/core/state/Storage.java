package io.yardmaster.core.state;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Where a scheduler keeps its state: an ordered map of byte strings, compared as unsigned bytes. What was put
 * is read back at once. A scheduler's writes between two flushes, and those of the flush
 * itself, must become durable together or not at all.
 */
public interface Storage {
    /** No value that a scheduler puts is longer, whatever events contain. */
    int MOST_VALUE_BYTES = 4_096;

    /** The value of this key, or null. The caller does not change it. */
    byte[] get(byte[] key);

    /** Keeps both arrays; the caller does not change them afterwards. */
    void put(byte[] key, byte[] value);

    /** Puts all of these, which may cost less than one by one. */
    default void putAll(List<Map.Entry<byte[], byte[]>> entries) {
        entries.forEach(entry -> put(entry.getKey(), entry.getValue()));
    }

    void delete(byte[] key);

    /** Every entry whose key starts with this prefix, in key order. Nothing is written while it runs. */
    void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry);

    /** The first entry with {@code from <= key < to}; null if there is none. */
    Map.Entry<byte[], byte[]> next(byte[] from, byte[] to);

    /**
     * Deletes the first entries with {@code from <= key < to}, at most {@code limit} of them.
     *
     * @return where to go on: the last key that was deleted, if the limit was reached; null if nothing is left. A
     *     caller that goes on there need not pass over what it has deleted, which leaves traces in an LSM tree
     */
    byte[] deleteRange(byte[] from, byte[] to, int limit);
}
