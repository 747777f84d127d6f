package io.yardmaster.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was polled and not yet decoded. Normally empty at once; while the schema registry is away its records wait here
 * in order, and the poll thread goes on polling.
 */
final class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5));

    private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private final AssignmentDecoder decoder;
    private final Holdings holdings;
    private final ReportListener listener;
    private final LongSupplier ticker;
    private int tries;
    private long nextTry;

    Inbox(AssignmentDecoder decoder, Holdings holdings, ReportListener listener, LongSupplier ticker) {
        this.decoder = decoder;
        this.holdings = holdings;
        this.listener = listener;
        this.ticker = ticker;
    }

    void add(ConsumerRecords<byte[], byte[]> polled) {
        polled.forEach(records::add);
    }

    int size() {
        return records.size();
    }

    long firstOffset(TopicPartition partition) {
        return records.stream()
                .filter(polled -> partitionOf(polled).equals(partition))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    Set<TopicPartition> partitions() {
        return records.stream().map(Inbox::partitionOf).collect(Collectors.toSet());
    }

    void forget(Collection<TopicPartition> partitions) {
        records.removeIf(polled -> partitions.contains(partitionOf(polled)));
    }

    /** Hands over what can be decoded; all its partitions must be owned. */
    void empty() {
        while (!records.isEmpty() && (tries == 0 || ticker.getAsLong() - nextTry >= 0)) {
            try {
                settle(records.element());
                records.remove();
                tries = 0;
            } catch (RegistryAwayException e) {
                tries++;
                nextTry = ticker.getAsLong() + PAUSES.delayAfter(tries).toNanos();
                if (tries == 1) {
                    log.warn("no assignments can be read until the schema registry answers: {}", e.getMessage());
                }
            }
        }
    }

    private void settle(ConsumerRecord<byte[], byte[]> polled) throws RegistryAwayException {
        TopicPartition partition = partitionOf(polled);
        Assignment assignment;
        try {
            assignment = decoder.decode(polled);
        } catch (UnreadableAssignmentException e) {
            log.warn("skipped {} offset {}: {}", partition, polled.offset(), e.getMessage());
            listener.unreadable(partition, polled.offset(), e.getMessage());
            holdings.skip(partition, polled.offset());
            return;
        }
        holdings.take(assignment);
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> polled) {
        return new TopicPartition(polled.topic(), polled.partition());
    }
}
