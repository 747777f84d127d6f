package io.yardmaster.torture.process;

import io.yardmaster.topology.BoundedRocksDb;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * The shipped settings, except that RocksDB writes to its disk every few moments instead of when it has gathered much,
 * and so meets a full disk.
 */
public final class EagerFlushes implements RocksDBConfigSetter {
    private static final long LEAST_THAT_ROCKSDB_TAKES = 64 << 10;

    private final RocksDBConfigSetter shipped = new BoundedRocksDb();

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        shipped.setConfig(storeName, options, configs);
        options.setWriteBufferSize(LEAST_THAT_ROCKSDB_TAKES);
    }

    @Override
    public void close(String storeName, Options options) {
        shipped.close(storeName, options);
    }
}
