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
 * Tells which assignments were dispatched, and which the execution managers have finished, from what their group leaves in Kafka: an assignment is
 * done when the group has taken it and all before it in its partition. That holds for every execution manager, in any
 * language, that commits or acknowledges only after the work is done.
 *
 * <p>Sees the assignments that could not be read as committed before it was made, and earlier ones only if it is told to {@link
 * #catchUp}. Memory grows with the assignments of
 * interest that are not done. While Kafka is away nothing is reported and nothing is missed.
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
     * @param taken how far the execution managers have come
     * @param ofInterest which assignments to report
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
     * What was done since the last call, in the order of dispatch within a partition.
     *
     * @param timeout how long to wait for new assignments before looking at the group's offsets
     * @throws KafkaException if Kafka refuses, for want of a permission say
     */
    public List<TaskAssignment> poll(Duration timeout) throws InterruptedException {
        read(timeout);
        List<TaskAssignment> done = new ArrayList<>();
        if (outstanding.values().stream().allMatch(Deque::isEmpty)) {
            return done;
        }
        taken.read().forEach((partition, below) -> {
            Deque<ConsumerRecord<?, TaskAssignment>> open = outstanding.get(partition);
            while (open != null && !open.isEmpty() && open.element().offset() < below) {
                done.add(open.remove().value());
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

    /** How many assignments were dispatched and are not done. */
    public int outstanding() {
        return outstanding.values().stream().mapToInt(Deque::size).sum();
    }

    /**
     * Goes back to the beginning of the topic; to be called before the first poll.
     *
     * @return whether all that was ever dispatched is still there
     */
    public boolean rewind() {
        consumer.seekToBeginning(consumer.assignment());
        return consumer.beginningOffsets(consumer.assignment()).values().stream()
                .allMatch(start -> start == 0);
    }

    /** Reads on to what is the end of the topic now. */
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
