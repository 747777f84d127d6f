package io.yardmaster.topology;

import io.yardmaster.core.state.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the scheduler's state in a store of Kafka Streams, which makes it durable with the offsets and the assignments.
 */
final class KafkaStorage implements Storage {
    private final KeyValueStore<Bytes, byte[]> store;
    private long changes;

    KafkaStorage(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Grows with each change. */
    long changes() {
        return changes;
    }

    @Override
    public byte[] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        changes++;
        store.put(Bytes.wrap(key), value);
    }

    /** Puts all entries in one write of RocksDB. */
    @Override
    public void putAll(List<Map.Entry<byte[], byte[]>> entries) {
        changes += entries.size();
        store.putAll(entries.stream()
                .map(entry -> KeyValue.pair(Bytes.wrap(entry.getKey()), entry.getValue()))
                .toList());
    }

    @Override
    public void delete(byte[] key) {
        changes++;
        store.delete(Bytes.wrap(key));
    }

    @Override
    public void scan(byte[] prefix, BiConsumer<byte[], byte[]> entry) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, new ByteArraySerializer())) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                entry.accept(next.key.get(), next.value);
            }
        }
    }

    @Override
    public Map.Entry<byte[], byte[]> next(byte[] from, byte[] to) {
        Bytes end = Bytes.wrap(to);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(Bytes.wrap(from), end)) {
            KeyValue<Bytes, byte[]> next = entries.hasNext() ? entries.next() : null;
            return next == null || next.key.equals(end) ? null : Map.entry(next.key.get(), next.value);
        }
    }

    @Override
    public byte[] deleteRange(byte[] from, byte[] to, int limit) {
        List<Bytes> keys = new ArrayList<>();
        Bytes end = Bytes.wrap(to);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(Bytes.wrap(from), end)) {
            while (keys.size() < limit && entries.hasNext()) {
                Bytes key = entries.next().key;
                if (!key.equals(end)) {
                    keys.add(key);
                }
            }
        }
        changes += keys.size();
        keys.forEach(store::delete);
        return keys.size() < limit ? null : keys.get(limit - 1).get();
    }
}
