package io.yardmaster.topology;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the restoration of state from the changelog, and logs its beginning and end once for each rebalance. */
final class RestoreProgress implements StateRestoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private final Map<Integer, Long> remaining = new HashMap<>();
    private int shards;
    private long records;
    private long startedAt;

    RestoreProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Number of shards that are being restored. */
    synchronized int shards() {
        return remaining.size();
    }

    /** Records that they still have to read. */
    synchronized long remaining() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public synchronized void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        if (!store.equals(Names.STATE_STORE) || to <= from) {
            return;
        }
        if (shards == 0) {
            startedAt = nanoTime.getAsLong();
            LOG.info("restoring state, beginning with shard {}: {} records", changelog.partition(), to - from);
        }
        shards++;
        remaining.put(changelog.partition(), to - from);
    }

    @Override
    public synchronized void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
        remaining.computeIfPresent(changelog.partition(), (partition, rest) -> Math.max(0, rest - count));
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition changelog, String store, long total) {
        if (remaining.remove(changelog.partition()) != null) {
            records += total;
        }
    }

    /** All shards of this instance run. */
    synchronized void running() {
        if (shards > 0) {
            LOG.info("restored {} records of {} shard(s) in {} s", records, shards, seconds());
        }
        shards = 0;
        records = 0;
    }

    /** The shard was taken away; another instance, or a later rebalance, goes on with it. */
    @Override
    public synchronized void onRestoreSuspended(TopicPartition changelog, String store, long total) {
        remaining.remove(changelog.partition());
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", (nanoTime.getAsLong() - startedAt) / NANOS_PER_SECOND);
    }
}
