package io.yardmaster.topology;

import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the latest record of each shard as it came, and then tells of it: who uses it reads it, and may need a
 * registry for that.
 */
final class LatestShares implements Processor<Bytes, byte[], Void, Void> {
    private final BiConsumer<Bytes, byte[]> told;
    private KeyValueStore<Bytes, byte[]> store;

    LatestShares(BiConsumer<Bytes, byte[]> told) {
        this.told = told;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Names.SHARES_STORE);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        if (record.key() != null) {
            store.put(record.key(), record.value());
            told.accept(record.key(), record.value());
        }
    }
}
