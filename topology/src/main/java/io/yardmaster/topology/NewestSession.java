package io.yardmaster.topology;

import io.yardmaster.schemas.Epoch;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Keeps the latest record of the sessions topic, and the highest session of all that were read. The latest is not always the highest:
 * two shards may write at the same time, and the one with the higher session then writes again. Until then execution managers have
 * heard of the higher one, and end nothing of an older one any more.
 */
final class NewestSession implements Processor<byte[], byte[], Void, Void> {
    private static final String LATEST = "latest";
    private static final String HIGHEST = "highest";
    private static final long NONE = -1;

    private KeyValueStore<String, Long> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Names.SESSIONS_STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Epoch.read(record.headers()).ifPresent(session -> note(store, session));
    }

    /** Keeps a session that was read. */
    static void note(KeyValueStore<String, Long> store, long session) {
        store.put(LATEST, session);
        store.put(HIGHEST, Math.max(highest(store), session));
    }

    /** The session of the latest record; -1 if there is none. */
    static long latest(ReadOnlyKeyValueStore<String, ?> store) {
        return get(store, LATEST);
    }

    /** The highest session that was read; -1 if there is none. */
    static long highest(ReadOnlyKeyValueStore<String, ?> store) {
        return get(store, HIGHEST);
    }

    private static long get(ReadOnlyKeyValueStore<String, ?> store, String which) {
        Long session = (Long) store.get(which);
        return session == null ? NONE : session;
    }
}
