package io.yardmaster.torture.process;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Lets RocksDB write to its disk every few moments, instead of when it has gathered much, so that it meets a full one. */
public final class EagerFlushes implements RocksDBConfigSetter {
    private static final long LEAST_THAT_ROCKSDB_TAKES = 64 << 10;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setWriteBufferSize(LEAST_THAT_ROCKSDB_TAKES);
    }

    @Override
    public void close(String storeName, Options options) {}
}
