package io.yardmaster.topology;

import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stores the latest record of each key as it came, and hands it to a listener, the restored ones before all others. */
final class LatestPolicy implements Processor<Bytes, byte[], Void, Void> {
    private final BiConsumer<byte[], byte[]> listener;
    private KeyValueStore<Bytes, byte[]> store;

    /** @param listener gets keys and values; a null value withdraws a key */
    LatestPolicy(BiConsumer<byte[], byte[]> listener) {
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Names.POLICY_STORE);
        try (KeyValueIterator<Bytes, byte[]> restored = store.all()) {
            while (restored.hasNext()) {
                KeyValue<Bytes, byte[]> record = restored.next();
                listener.accept(record.key.get(), record.value);
            }
        }
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        if (record.key() != null) {
            store.put(record.key(), record.value());
            listener.accept(record.key().get(), record.value());
        }
    }
}
