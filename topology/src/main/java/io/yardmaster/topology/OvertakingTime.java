package io.yardmaster.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Lets commands and outcomes overtake events. Of the records that a stream task has fetched, Streams processes the one with the
 * lowest timestamp; so theirs are counted from another year. See decision 36.
 */
public final class OvertakingTime implements TimestampExtractor {
    /** In July 2017, in epoch ms. */
    private static final long BEGIN = 1_500_000_000_000L;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp() - BEGIN);
    }

    /** The epoch ms of which {@link #extract} made this. */
    static long restored(long extracted) {
        return extracted + BEGIN;
    }
}
