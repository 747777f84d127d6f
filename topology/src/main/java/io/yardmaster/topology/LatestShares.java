package io.yardmaster.topology;

import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Stores the latest record of each shard as it came, and then hands it to a listener. The reader of a share decodes it,
 * because that may need a registry.
 */
final class LatestShares implements Processor<Bytes, byte[], Void, Void> {
    private final BiConsumer<Bytes, byte[]> listener;
    private KeyValueStore<Bytes, byte[]> store;

    LatestShares(BiConsumer<Bytes, byte[]> listener) {
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Names.SHARES_STORE);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        if (record.key() != null) {
            store.put(record.key(), record.value());
            listener.accept(record.key(), record.value());
        }
    }
}
