package io.yardmaster.connectors.results;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Finds out where topics begin: records before that were deleted. */
interface TopicStarts extends AutoCloseable {
    /**
     * The first offsets of these partitions at this moment.
     *
     * @throws org.apache.kafka.connect.errors.RetriableException if Kafka does not answer
     */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions);

    @Override
    void close();
}
