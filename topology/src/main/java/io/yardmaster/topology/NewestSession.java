package io.yardmaster.topology;

import io.yardmaster.schemas.Epoch;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the latest record of the sessions topic. It is not always the highest session: two shards may write at the same
 * time, and the one with the higher session then writes again.
 */
final class NewestSession implements Processor<byte[], byte[], Void, Void> {
    static final String KEY = "latest";

    private KeyValueStore<String, Long> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Names.SESSIONS_STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        OptionalLong session = Epoch.read(record.headers());
        if (session.isPresent()) {
            store.put(KEY, session.getAsLong());
        }
    }
}
