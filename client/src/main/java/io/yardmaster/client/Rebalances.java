package io.yardmaster.client;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles partitions that come and go. An orderly revocation waits a while for running assignments, commits the
 * finished ones and gives back the rest; when the group has removed this member, nothing is committed.
 */
final class Rebalances implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(Rebalances.class);
    private static final Duration STEP = Duration.ofMillis(20);

    private final Consumer<byte[], byte[]> consumer;
    private final Inbox inbox;
    private final Holdings holdings;
    private final Commits commits;
    private final StopRequest stop;
    private final Duration grace;
    private final Duration cancelGrace;
    private final LongSupplier ticker;

    Rebalances(Consumer<byte[], byte[]> consumer, Inbox inbox, Holdings holdings, Commits commits, Engine engine) {
        this.consumer = consumer;
        this.inbox = inbox;
        this.holdings = holdings;
        this.commits = commits;
        this.stop = engine.stop();
        this.grace = engine.options().revokeGrace();
        this.cancelGrace = engine.options().cancelGrace();
        this.ticker = engine.options().ticker();
    }

    /** Pauses the new partitions until the poll thread has seen that there is room. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        log.info("partitions assigned: {}", partitions);
        consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        log.info("partitions revoked: {}", partitions);
        inbox.forget(partitions);
        holdings.dropWaiting(partitions, DropReason.REVOKED);
        awaitRunning(partitions);
        holdings.cancelRunning(partitions, DropReason.REVOKED);
        awaitCancelled(partitions);
        commits.commitNow(partitions);
        holdings.release(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        log.warn("partitions lost, another execution manager may have them already: {}", partitions);
        inbox.forget(partitions);
        holdings.dropWaiting(partitions, DropReason.LOST);
        holdings.cancelRunning(partitions, DropReason.LOST);
        holdings.release(partitions);
    }

    /** Waits also while it stops: the next owner must not begin a task that still runs here. */
    private void awaitCancelled(Collection<TopicPartition> partitions) {
        long until = ticker.getAsLong() + cancelGrace.toNanos();
        try {
            while (holdings.anyRunning(partitions) && ticker.getAsLong() - until < 0) {
                holdings.settle(STEP);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void awaitRunning(Collection<TopicPartition> partitions) {
        long until = ticker.getAsLong() + grace.toNanos();
        try {
            while (holdings.anyRunning(partitions)
                    && ticker.getAsLong() - until < 0
                    && !stop.atMost(STEP).isZero()) {
                holdings.settle(stop.atMost(STEP));
            }
            holdings.settle(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
