package io.yardmaster.core.state;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of a scheduler's state: an ordered map of byte strings, compared as unsigned bytes. A read sees all writes before
 * it. The writes of a scheduler between two flushes, and those of the second flush, must become durable together or not at all.
 */
public interface Storage {
    /** The most bytes of a value that a scheduler puts, whatever events contain. */
    int MOST_VALUE_BYTES = 4_096;

    /** The value of this key, or null. The caller must not change it. */
    byte @Nullable [] get(byte[] key);

    /** Keeps both arrays; the caller must not change them afterwards. */
    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /** Passes every entry whose key starts with this prefix, in key order. {@code entry} must not write. */
    void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry);

    /** The first entry with {@code from <= key < to}; null if there is none. */
    Map.@Nullable Entry<byte[], byte[]> next(byte[] from, byte[] to);

    /**
     * Deletes the first entries with {@code from <= key < to}, at most {@code limit} of them.
     *
     * @return the last deleted key, if the limit was reached; null if no entry is left. A caller that goes on from that key
     *     does not read the deleted entries again, which leave tombstones in an LSM tree
     */
    byte @Nullable [] deleteRange(byte[] from, byte[] to, int limit);
}
