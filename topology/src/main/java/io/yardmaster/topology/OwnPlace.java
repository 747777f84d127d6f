package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.window.TopicOffsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/**
 * Makes sure, before anything is read, that the scheduler's own group has offsets in the lanes. A new scheduler begins
 * at their beginning. One that has state but no offsets has lost them and is refused: it would read old events again,
 * and dispatch again the tasks that it has forgotten since.
 */
final class OwnPlace {
    private static final long REQUEST_SECONDS = 30;

    private final Admin admin;
    private final SchedulerConfig config;
    private final Set<TopicPartition> lanePartitions;

    /** The caller closes the admin client. */
    OwnPlace(Admin admin, SchedulerConfig config, int shards) {
        this.admin = admin;
        this.config = config;
        lanePartitions = Topic.OF_SHARDS.stream()
                .map(config.topics()::of)
                .flatMap(lane -> IntStream.range(0, shards).mapToObj(partition -> new TopicPartition(lane, partition)))
                .collect(Collectors.toSet());
    }

    /**
     * Commits offsets for the partitions that have none.
     *
     * @param used true if there is state of this scheduler already
     * @throws SetupException if the offsets are lost
     * @throws SchedulerException if Kafka does not answer
     */
    void ensure(boolean used) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = answer(
                    admin.listConsumerGroupOffsets(config.applicationId()).partitionsToOffsetAndMetadata());
            Set<TopicPartition> without = lanePartitions.stream()
                    .filter(partition -> committed.get(partition) == null)
                    .collect(Collectors.toSet());
            if (without.isEmpty()) {
                return;
            }
            Map<TopicPartition, Long> starts = offsets(without, OffsetSpec.earliest());
            if (used
                    && without.size() == lanePartitions.size()
                    && !starts.equals(offsets(without, OffsetSpec.latest()))) {
                throw new SetupException(lost());
            }
            begin(starts);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchedulerException("interrupted while starting", e);
        }
    }

    private String lost() {
        return ("group %s has no offsets in the lanes, although there is state of it in topic %s: they were deleted, or have"
                        + " expired, and all that the lanes still hold would be dispatched again. Say where it was"
                        + " (kafka-consumer-groups.sh --group %s --reset-offsets --to-latest --execute, with --topic for each"
                        + " lane, if it had read everything), and start again")
                .formatted(config.applicationId(), Names.changelog(config), config.applicationId());
    }

    private void begin(Map<TopicPartition, Long> starts)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        starts.forEach((partition, start) -> offsets.put(partition, new OffsetAndMetadata(start)));
        try {
            answer(admin.alterConsumerGroupOffsets(config.applicationId(), offsets)
                    .all());
        } catch (ExecutionException e) {
            // Other instances are at work already, so the group has its offsets.
            if (!(e.getCause() instanceof UnknownMemberIdException)) {
                throw e;
            }
        }
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicOffsets.of(admin, of, which, IsolationLevel.READ_UNCOMMITTED, REQUEST_SECONDS);
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    private SchedulerException failed(Throwable why) {
        return new SchedulerException(
                "the offsets of group " + config.applicationId() + " cannot be looked up: " + why.getMessage(), why);
    }
}
