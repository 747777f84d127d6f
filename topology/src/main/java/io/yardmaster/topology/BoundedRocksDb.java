package io.yardmaster.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.Status;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of RocksDB for all stream tasks of a process together: cached blocks, indexes, filters and
 * write buffers share {@value #TOTAL_BYTES} bytes. By default every store may take 98 MB of its own, which grows with
 * the number of shards that an instance owns.
 *
 * <p>A full disk is an error at once. By default RocksDB, and every writer, waits until there is space again: an
 * instance would keep its shards and do nothing with them.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    static final long TOTAL_BYTES = 64L << 20;
    static final long WRITE_BUFFER_BYTES = 32L << 20;

    /** They live as long as the process, because stores come and go with rebalances. */
    private static final Cache CACHE;

    private static final WriteBufferManager WRITE_BUFFERS;

    private static final AbstractEventListener NO_RECOVERY;

    static {
        RocksDB.loadLibrary();
        CACHE = new LRUCache(TOTAL_BYTES);
        WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
        NO_RECOVERY = new NoRecovery();
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setListeners(List.of(NO_RECOVERY));
    }

    @Override
    public void close(String storeName, Options options) {}

    /** Answers RocksDB's question whether to wait until there is space again. */
    private static final class NoRecovery extends AbstractEventListener {
        NoRecovery() {
            super(EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
        }

        @Override
        public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status error) {
            return false;
        }
    }
}
