package io.yardmaster.client;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An assignment cannot be read, for example because the schema registry is not the scheduler's: the execution manager stops with this,
 * whose message is one line. It has neither run nor committed the assignment, and in a share group it gives it back.
 */
public final class UnreadableAssignmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableAssignmentException(ConsumerRecord<byte[], byte[]> polled, UnusableRecordException cause) {
        super(
                "an assignment cannot be read, so it was neither run nor committed (%s-%s offset %s): %s; is schema.registry.url the registry of the scheduler?"
                        .formatted(polled.topic(), polled.partition(), polled.offset(), cause.getMessage()),
                cause);
    }
}
