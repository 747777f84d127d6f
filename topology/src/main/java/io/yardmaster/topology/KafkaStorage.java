package io.yardmaster.topology;

import io.yardmaster.core.state.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the scheduler's state in a store of Kafka Streams, which makes it durable with the offsets and the assignments. Changes since
 * the last {@link #flush} are on the heap, so that an entry that changes again and again in a transaction is written once, and all of
 * them together.
 */
final class KafkaStorage implements Storage {
    /** The most entries on the heap. */
    static final int MOST_UNWRITTEN = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    /** Null values are of keys that were deleted. */
    private final TreeMap<Bytes, byte[]> unwritten = new TreeMap<>();

    private long changes;

    KafkaStorage(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Grows with each change. */
    long changes() {
        return changes;
    }

    /** True if there are changes that {@link #flush} would put into the store. */
    boolean isChanged() {
        return !unwritten.isEmpty();
    }

    /** Puts all changes into the store, in one write of RocksDB; must precede the end of a transaction. */
    void flush() {
        if (unwritten.isEmpty()) {
            return;
        }
        List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(unwritten.size());
        unwritten.forEach((key, value) -> entries.add(KeyValue.pair(key, value)));
        unwritten.clear();
        store.putAll(entries);
    }

    private void change(byte[] key, byte[] value) {
        changes++;
        unwritten.put(Bytes.wrap(key), value);
        if (unwritten.size() >= MOST_UNWRITTEN) {
            flush();
        }
    }

    @Override
    public byte[] get(byte[] key) {
        Bytes wrapped = Bytes.wrap(key);
        byte[] value = unwritten.get(wrapped);
        return value != null || unwritten.containsKey(wrapped) ? value : store.get(wrapped);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        change(key, value);
    }

    @Override
    public void delete(byte[] key) {
        change(key, null);
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        flush();
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, new ByteArraySerializer())) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                entry.accept(next.key.get(), next.value);
            }
        }
    }

    /** Iterators of the store do not see what is on the heap. */
    private void flush(Bytes from, Bytes to) {
        Bytes first = unwritten.isEmpty() ? null : unwritten.ceilingKey(from);
        if (first != null && first.compareTo(to) < 0) {
            flush();
        }
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        Bytes end = Bytes.wrap(to);
        flush(Bytes.wrap(from), end);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(Bytes.wrap(from), end)) {
            KeyValue<Bytes, byte[]> next = entries.hasNext() ? entries.next() : null;
            return next == null || next.key.equals(end) ? null : Map.entry(next.key.get(), next.value);
        }
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        List<Bytes> keys = new ArrayList<>();
        Bytes end = Bytes.wrap(to);
        flush(Bytes.wrap(from), end);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(Bytes.wrap(from), end)) {
            while (keys.size() < limit && entries.hasNext()) {
                Bytes key = entries.next().key;
                if (!key.equals(end)) {
                    keys.add(key);
                }
            }
        }
        keys.forEach(key -> change(key.get(), null));
        return keys.size() < limit ? null : keys.get(limit - 1).get();
    }
}
