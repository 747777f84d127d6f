package io.yardmaster.app.storage;

import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** How far the execution managers have come. */
@FunctionalInterface
public interface TakenOffsets {

    /**
     * By partition, an offset below which every assignment that was there before this call was taken for good; without
     * the partitions where none was. Empty, too, while Kafka is away.
     *
     * @throws KafkaException if Kafka refuses, for want of a permission say
     */
    Map<TopicPartition, Long> read() throws InterruptedException;

    /** Of the group and the kind of group that the settings name. The admin is not closed. */
    static TakenOffsets of(SchedulerConfig config, Admin admin) {
        String group = config.dispatchGroup();
        return switch (config.dispatchGroupType()) {
            case CONSUMER -> committedBy(group, admin);
            case SHARE -> acknowledgedBy(group, admin);
        };
    }

    /** What a consumer group has committed. */
    static TakenOffsets committedBy(String group, Admin admin) {
        return () -> read(
                group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                OffsetAndMetadata::offset);
    }

    /**
     * The start offset of a share group, below which every record is acknowledged or archived. Kafka tells where it was
     * before the last acknowledgement, which may never be followed by another; that nothing lags behind tells the rest.
     */
    static TakenOffsets acknowledgedBy(String group, Admin admin) {
        return () -> read(
                group,
                admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(group),
                progress ->
                        progress.lag().filter(lag -> lag == 0).isPresent() ? Long.MAX_VALUE : progress.startOffset());
    }

    /** Partitions in which the group has not begun have no value. */
    private static <T> Map<TopicPartition, Long> read(
            String group, KafkaFuture<Map<TopicPartition, T>> asked, ToLongFunction<T> offset)
            throws InterruptedException {
        try {
            Map<TopicPartition, Long> taken = new HashMap<>();
            asked.get().forEach((partition, state) -> {
                if (state != null) {
                    taken.put(partition, offset.applyAsLong(state));
                }
            });
            return taken;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return Map.of();
            }
            throw new KafkaException(
                    "Cannot read the offsets of group " + group + ": "
                            + e.getCause().getMessage(),
                    e);
        }
    }
}
