package io.yardmaster.app.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Partitions of a topic, read without a group from the end that they had when this was made. */
final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ENDS_LIMIT = Duration.ofSeconds(5);
    /** Kafka counts as away after more polls than this without a record. */
    private static final int MOST_EMPTY_POLLS = 50;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** Chooses the partitions to be read, of a topic with so many. */
    @FunctionalInterface
    interface Choice {
        IntPredicate of(int partitions);
    }

    /** @param consumer without a group; used and closed by this only */
    TopicTail(Consumer<byte[], byte[]> consumer, String topic, Choice choice) {
        this.topic = topic;
        this.consumer = consumer;
        List<PartitionInfo> all = consumer.partitionsFor(topic);
        IntPredicate read = choice.of(all.size());
        partitions = all.stream()
                .map(PartitionInfo::partition)
                .filter(read::test)
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // the seek is lazy: without this it happens in the first poll
    }

    /** Hands over the next records; waits up to this long for one. */
    void poll(Duration timeout, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.poll(timeout).forEach(each);
    }

    /**
     * Hands over all records from the beginning of the topic to the end that it has now.
     *
     * @throws TimeoutException if Kafka is away
     */
    void readFromBeginning(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.seekToBeginning(partitions);
        readToEnd(each);
    }

    /**
     * Hands over the next records to the end that the topic has now.
     *
     * @throws TimeoutException if Kafka is away
     */
    void readToEnd(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ENDS_LIMIT);
            int empty = 0;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                var records = consumer.poll(POLL);
                empty = records.isEmpty() ? empty + 1 : 0;
                if (empty > MOST_EMPTY_POLLS) {
                    throw new TimeoutException("no record came for a while");
                }
                records.forEach(each);
            }
        } catch (RetriableException e) {
            throw new TimeoutException("topic " + topic + " cannot be read to its end now: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
