package io.yardmaster.topology;

import io.yardmaster.topology.pacing.IdlePacer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The consumer of the thread that fills the global stores. It tells how far they have come. */
final class GlobalConsumer extends RestingConsumer {
    private final Map<TopicPartition, Long> positions;
    private Map<TopicPartition, OffsetAndMetadata> latest = Map.of();

    /** @param positions gets the positions up to which the stores have all records; for several threads */
    GlobalConsumer(Map<String, Object> config, IdlePacer pacer, Map<TopicPartition, Long> positions) {
        // It is in no group, so it has no rebalance to join.
        super(config, pacer, pacer.longestRest());
        this.positions = positions;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        // Streams polls again when it has processed what the latest poll returned.
        latest.forEach((partition, next) -> positions.put(partition, next.offset()));
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        latest = polled.nextOffsets();
        return polled;
    }
}
