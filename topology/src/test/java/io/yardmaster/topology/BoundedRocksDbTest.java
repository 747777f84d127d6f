package io.yardmaster.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class BoundedRocksDbTest {
    private static final int STORES = 12;
    private static final int RECORD = 16 << 10;
    private static final int RECORDS_EACH = 10 << 6;
    private static final long SEED = 7;

    @TempDir
    Path directory;

    @Test
    void manyStoresTogetherKeepWithinTheBound() throws RocksDBException {
        List<RocksDB> stores = new ArrayList<>();
        Random random = new Random(SEED);
        byte[] record = new byte[RECORD];
        try (Options options = new Options().setCreateIfMissing(true)) {
            options.setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(new LRUCache(50L << 20)));
            new BoundedRocksDb().setConfig("some", options, Map.of());
            for (int store = 0; store < STORES; store++) {
                stores.add(RocksDB.open(options, directory.resolve("" + store).toString()));
            }
            // 10 MB each, which by default would all stay in the write buffers.
            for (int i = 0; i < RECORDS_EACH; i++) {
                for (RocksDB store : stores) {
                    random.nextBytes(record);
                    store.put(("key" + i).getBytes(UTF_8), record);
                }
            }
            // Flushes that the bound brought about may still be under way; their number depends on the speed of the
            // test's writes.
            await().untilAsserted(() -> {
                for (RocksDB store : stores) {
                    assertThat(store.getLongProperty("rocksdb.block-cache-usage"))
                            .isLessThanOrEqualTo(BoundedRocksDb.TOTAL_BYTES * 5 / 4);
                }
                assertThat(buffered(stores)).isLessThanOrEqualTo(BoundedRocksDb.WRITE_BUFFER_BYTES * 5 / 4);
            });
        } finally {
            stores.forEach(RocksDB::close);
        }
    }

    private static long buffered(List<RocksDB> stores) throws RocksDBException {
        long bytes = 0;
        for (RocksDB store : stores) {
            bytes += store.getLongProperty("rocksdb.cur-size-all-mem-tables");
        }
        return bytes;
    }
}
