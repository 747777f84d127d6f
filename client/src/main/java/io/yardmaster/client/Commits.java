package io.yardmaster.client;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits progress: soon and in batches while running, at once where a partition is left. */
final class Commits {
    private static final Logger log = LoggerFactory.getLogger(Commits.class);
    private static final long INTERVAL_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration SYNC_LIMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Holdings holdings;
    private final LongSupplier ticker;
    private boolean underWay;
    private long last;

    Commits(Consumer<byte[], byte[]> consumer, Holdings holdings, LongSupplier ticker) {
        this.consumer = consumer;
        this.holdings = holdings;
        this.ticker = ticker;
        this.last = ticker.getAsLong();
    }

    /** Does nothing if the last commit is too fresh or under way, or if there is no progress. */
    void maybeCommit() {
        long now = ticker.getAsLong();
        if (underWay || now - last < INTERVAL_NANOS) {
            return;
        }
        var offsets = holdings.toCommit(holdings.partitions());
        if (offsets.isEmpty()) {
            return;
        }
        last = now;
        underWay = true;
        consumer.commitAsync(offsets, (sent, error) -> {
            underWay = false;
            if (error == null) {
                holdings.committed(sent);
            } else {
                log.debug("commit of {} is repeated: {}", sent, error.toString());
            }
        });
    }

    /**
     * Logs a failed commit: the finished assignments of these partitions are then delivered again. Returns false only
     * in the middle of a rebalance; the group takes commits again once polls have brought the rebalance to its end.
     */
    boolean commitNow(Collection<TopicPartition> partitions) {
        var offsets = holdings.toCommit(partitions);
        if (offsets.isEmpty()) {
            return true;
        }
        try {
            consumer.commitSync(offsets, SYNC_LIMIT);
            holdings.committed(offsets);
        } catch (RebalanceInProgressException e) {
            log.debug("commit of {} must wait for a rebalance", offsets);
            return false;
        } catch (CommitFailedException | RetriableException e) {
            log.warn("could not commit {}, finished assignments may be delivered again: {}", offsets, e.toString());
        }
        return true;
    }
}
