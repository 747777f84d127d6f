package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskAssignment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells which assignments the execution managers have finished, from what any consumer group leaves in Kafka: an
 * assignment is done when the group's committed offset of its partition lies beyond it. That holds for every execution
 * manager, in any language, that commits an offset only after the work before it is done.
 *
 * <p>Sees the assignments that are dispatched after it was made. Memory grows with the assignments of interest that are
 * not done. While Kafka is away nothing is reported and nothing is missed.
 */
public final class CompletionFollower implements AutoCloseable {
    private final Consumer<?, TaskAssignment> consumer;
    private final Admin admin;
    private final String group;
    private final Predicate<TaskAssignment> ofInterest;
    private final Map<TopicPartition, Deque<ConsumerRecord<?, TaskAssignment>>> outstanding = new HashMap<>();

    /**
     * @param consumer without a group, {@code read_committed}; used by this follower only, and closed by it
     * @param admin not closed by this follower
     * @param group the consumer group of the execution managers
     * @param ofInterest which assignments to report
     */
    public CompletionFollower(
            Consumer<?, TaskAssignment> consumer,
            Admin admin,
            String dispatchTopic,
            String group,
            Predicate<TaskAssignment> ofInterest) {
        this.consumer = consumer;
        this.admin = admin;
        this.group = group;
        this.ofInterest = ofInterest;
        List<TopicPartition> partitions = consumer.partitionsFor(dispatchTopic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // the seek is lazy: without this it happens in the first poll
        partitions.forEach(partition -> outstanding.put(partition, new ArrayDeque<>()));
    }

    /**
     * What was done since the last call, in the order of dispatch within a partition.
     *
     * @param timeout how long to wait for new assignments before looking at the group's offsets
     * @throws KafkaException if Kafka refuses, for want of a permission say
     */
    public List<TaskAssignment> poll(Duration timeout) throws InterruptedException {
        for (ConsumerRecord<?, TaskAssignment> dispatched : consumer.poll(timeout)) {
            if (ofInterest.test(dispatched.value())) {
                outstanding
                        .get(new TopicPartition(dispatched.topic(), dispatched.partition()))
                        .add(dispatched);
            }
        }
        List<TaskAssignment> done = new ArrayList<>();
        if (outstanding.values().stream().allMatch(Deque::isEmpty)) {
            return done;
        }
        committedOffsets().forEach((partition, committed) -> {
            Deque<ConsumerRecord<?, TaskAssignment>> open = outstanding.get(partition);
            while (open != null
                    && committed != null
                    && !open.isEmpty()
                    && open.element().offset() < committed.offset()) {
                done.add(open.remove().value());
            }
        });
        return done;
    }

    private Map<TopicPartition, OffsetAndMetadata> committedOffsets() throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
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

    @Override
    public void close() {
        consumer.close();
    }
}
