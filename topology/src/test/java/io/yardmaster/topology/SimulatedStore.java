package io.yardmaster.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store on the heap, restored from a changelog; it remembers what an open transaction would log. */
class SimulatedStore<K extends Comparable<K>, V> implements KeyValueStore<K, V> {
    private final TreeMap<K, V> entries;
    private Map<K, V> changes = new HashMap<>();

    SimulatedStore(Map<K, V> changelog) {
        entries = new TreeMap<>(changelog);
    }

    /** A store whose keys can be scanned. */
    static SimulatedStore<Bytes, byte[]> ofBytes(Map<Bytes, byte[]> changelog) {
        return new SimulatedStore<>(changelog) {
            @Override
            public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
                byte[] first = serializer.serialize(null, prefix);
                return whileTrue(
                        Bytes.wrap(first), key -> Arrays.equals(first, Arrays.copyOf(key.get(), first.length)));
            }
        };
    }

    final KeyValueIterator<K, V> whileTrue(K from, Predicate<K> goesOn) {
        Map<K, V> found = new TreeMap<>();
        for (Map.Entry<K, V> entry : entries.tailMap(from).entrySet()) {
            if (!goesOn.test(entry.getKey())) {
                break;
            }
            found.put(entry.getKey(), entry.getValue());
        }
        return new Copied<>(found);
    }

    /** Changes since the last call; null values are deletions. */
    Map<K, V> takeChanges() {
        Map<K, V> taken = changes;
        changes = new HashMap<>();
        return taken;
    }

    @Override
    public void put(K key, V value) {
        changes.put(key, value);
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public V delete(K key) {
        V before = entries.get(key);
        put(key, null);
        return before;
    }

    @Override
    public V get(K key) {
        return entries.get(key);
    }

    @Override
    public KeyValueIterator<K, V> range(K from, K to) {
        return new Copied<>(entries.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new Copied<>(entries);
    }

    @Override
    public V putIfAbsent(K key, V value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(List<KeyValue<K, V>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return Names.STATE_STORE;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static final class Copied<K, V> implements KeyValueIterator<K, V> {
        private final Iterator<KeyValue<K, V>> entries;

        Copied(Map<K, V> map) {
            List<KeyValue<K, V>> copy = new ArrayList<>();
            map.forEach((key, value) -> copy.add(KeyValue.pair(key, value)));
            entries = copy.iterator();
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<K, V> next() {
            return entries.next();
        }

        @Override
        public K peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
