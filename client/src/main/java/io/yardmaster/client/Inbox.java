package io.yardmaster.client;

import io.yardmaster.schemas.HostHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that were polled and not yet decoded. Normally the inbox is emptied at once; while the schema registry is
 * away its records wait here in order, and the poll thread goes on polling. Records that are no assignments are skipped.
 */
final class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private final PatientDecoder decoder;
    private final Holdings holdings;
    private final ReportListener listener;
    private final boolean isOfGroup;

    /** @param isOfGroup whether assignments that were placed on a host are passed over, since that host alone runs them */
    Inbox(PatientDecoder decoder, Holdings holdings, ReportListener listener, boolean isOfGroup) {
        this.decoder = decoder;
        this.holdings = holdings;
        this.listener = listener;
        this.isOfGroup = isOfGroup;
    }

    /** Takes what a member of a group has polled. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        polled.forEach(records::add);
    }

    /** Takes an assignment that names this host. */
    void add(ConsumerRecord<byte[], byte[]> polled) {
        records.add(polled);
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

    /** Hands over records until one cannot be decoded now; all their partitions must be owned. */
    void empty() throws InterruptedException {
        boolean settled = true;
        while (settled && !records.isEmpty()) {
            settled = settle(records.element());
            if (settled) {
                records.remove();
            }
        }
    }

    private boolean settle(ConsumerRecord<byte[], byte[]> polled) throws InterruptedException {
        if (isOfGroup && HostHeaders.nameAny(polled.headers())) {
            holdings.skip(partitionOf(polled), polled.offset());
            return true;
        }
        try {
            Optional<Assignment> assignment = decoder.decode(polled, Duration.ZERO);
            assignment.ifPresent(holdings::take);
            return assignment.isPresent();
        } catch (UnusableRecordException e) {
            TopicPartition partition = partitionOf(polled);
            log.warn("skipped {} offset {}: {}", partition, polled.offset(), e.getMessage());
            listener.unreadable(partition, polled.offset(), e.getMessage());
            holdings.skip(partition, polled.offset());
            return true;
        }
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> polled) {
        return new TopicPartition(polled.topic(), polled.partition());
    }
}
