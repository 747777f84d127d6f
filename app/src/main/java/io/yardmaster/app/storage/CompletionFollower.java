package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskAssignment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows which assignments were dispatched, and which of them the execution managers have done, by their group's offsets: an
 * assignment is done when the group has taken it and all before it in its partition. This holds for every execution manager,
 * in any language, that commits or acknowledges only after the work is done.
 *
 * <p>Sees assignments that become readable after it was made, and earlier ones only after a {@link #rewind}. Memory grows with
 * the assignments of interest that are not done. While Kafka is away it reports nothing and misses nothing.
 */
public final class CompletionFollower implements AutoCloseable {
    private static final Duration CATCH_UP_POLL = Duration.ofMillis(100);

    private final Consumer<?, TaskAssignment> consumer;
    private final TakenOffsets taken;
    private final Predicate<TaskAssignment> ofInterest;
    private final Map<TopicPartition, Deque<ConsumerRecord<?, TaskAssignment>>> outstanding = new HashMap<>();
    private List<TaskAssignment> dispatched = new ArrayList<>();

    /**
     * @param consumer without a group, {@code read_committed}; used by this follower only, and closed by it
     * @param taken reads the offsets up to which the execution managers have taken assignments
     * @param ofInterest selects the assignments to report
     */
    public CompletionFollower(
            Consumer<?, TaskAssignment> consumer,
            String dispatchTopic,
            TakenOffsets taken,
            Predicate<TaskAssignment> ofInterest) {
        this.consumer = consumer;
        this.taken = taken;
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
     * The assignments done since the last call, in the order of dispatch within a partition.
     *
     * @param timeout how long to wait for new assignments before looking at the group's offsets
     * @throws KafkaException if Kafka refuses, as when a permission is missing
     */
    public List<TaskAssignment> poll(Duration timeout) throws InterruptedException {
        read(timeout);
        List<TaskAssignment> done = new ArrayList<>();
        if (outstanding.values().stream().allMatch(Deque::isEmpty)) {
            return done;
        }
        taken.read().forEach((partition, below) -> {
            Deque<ConsumerRecord<?, TaskAssignment>> undone = outstanding.get(partition);
            while (undone != null && !undone.isEmpty() && undone.element().offset() < below) {
                done.add(undone.remove().value());
            }
        });
        return done;
    }

    /** The assignments that were read since the last call, whether or not they are done. */
    public List<TaskAssignment> dispatched() {
        List<TaskAssignment> all = dispatched;
        dispatched = new ArrayList<>();
        return all;
    }

    /** Number of assignments that were dispatched and are not done. */
    public int outstanding() {
        return outstanding.values().stream().mapToInt(Deque::size).sum();
    }

    /**
     * Goes back to the beginning of the topic; to be called before the first poll.
     *
     * @return whether the topic still has every assignment that was ever dispatched
     */
    public boolean rewind() {
        consumer.seekToBeginning(consumer.assignment());
        return consumer.beginningOffsets(consumer.assignment()).values().stream()
                .allMatch(start -> start == 0);
    }

    /** Reads on to the present end of the topic. */
    public void catchUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            read(CATCH_UP_POLL);
        }
    }

    private void read(Duration timeout) {
        for (ConsumerRecord<?, TaskAssignment> found : consumer.poll(timeout)) {
            if (ofInterest.test(found.value())) {
                outstanding
                        .get(new TopicPartition(found.topic(), found.partition()))
                        .add(found);
                dispatched.add(found.value());
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
