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

/** The offsets up to which the execution managers have taken assignments. */
@FunctionalInterface
public interface TakenOffsets {

    /**
     * By partition, an offset below which the group has taken for good every assignment that was there before this call.
     * Partitions in which it has taken none are missing; all are missing while Kafka is away.
     *
     * @throws KafkaException if Kafka refuses, as when a permission is missing
     */
    Map<TopicPartition, Long> read() throws InterruptedException;

    /** Reads the offsets of the group that the settings name. The caller closes the admin client. */
    static TakenOffsets of(SchedulerConfig config, Admin admin) {
        String group = config.dispatchGroup();
        return switch (config.dispatchGroupType()) {
            case CONSUMER -> committedBy(group, admin);
            case SHARE -> acknowledgedBy(group, admin);
        };
    }

    /** The offsets that a consumer group has committed. */
    static TakenOffsets committedBy(String group, Admin admin) {
        return () -> read(
                group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                OffsetAndMetadata::offset);
    }

    /**
     * The start offsets of a share group, below which every record is acknowledged or archived. Kafka reports them as they
     * were before the last acknowledgement, and another one may never follow; a lag of 0 then says that all is taken.
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
