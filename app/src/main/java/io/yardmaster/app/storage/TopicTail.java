package io.yardmaster.app.storage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** A topic, or some of its partitions, read without a group from the end that they had when this was made. */
final class TopicTail<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ENDS_LIMIT = Duration.ofSeconds(5);
    /** Kafka counts as away after more polls than this without a record. */
    private static final int MOST_EMPTY_POLLS = 50;

    private final Consumer<?, V> consumer;
    private final List<TopicPartition> partitions;

    /** @param consumer without a group; used and closed by this only */
    TopicTail(Consumer<?, V> consumer, String topic) {
        this(consumer, topic, (partition, count) -> true);
    }

    /**
     * Reads some partitions only.
     *
     * @param wanted takes the number of a partition, and how many there are
     */
    TopicTail(Consumer<?, V> consumer, String topic, BiPredicate<Integer, Integer> wanted) {
        this.consumer = consumer;
        List<PartitionInfo> all = consumer.partitionsFor(topic);
        partitions = all.stream()
                .filter(info -> wanted.test(info.partition(), all.size()))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // the seek is lazy: without this it happens in the first poll
    }

    /**
     * Goes back to the beginning of the topic.
     *
     * @return whether the topic still has every record that was ever written to it
     */
    boolean rewind() {
        consumer.seekToBeginning(partitions);
        return consumer.beginningOffsets(partitions).values().stream().allMatch(start -> start == 0);
    }

    /** The next records; waits up to this long for one. */
    ConsumerRecords<?, V> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /**
     * Reads on to the end that the topic has now.
     *
     * @return false if Kafka is away; the rest can be read later
     */
    boolean catchUp(java.util.function.Consumer<ConsumerRecord<?, V>> each) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ENDS_LIMIT);
            int empty = 0;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                ConsumerRecords<?, V> records = consumer.poll(POLL);
                empty = records.isEmpty() ? empty + 1 : 0;
                if (empty > MOST_EMPTY_POLLS) {
                    return false;
                }
                records.forEach(each);
            }
            return true;
        } catch (RetriableException e) {
            return false;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
