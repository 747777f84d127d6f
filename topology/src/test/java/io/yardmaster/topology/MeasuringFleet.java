package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The only member of the execution managers' group. Because no other member commits, it knows at any moment the exact
 * number of outstanding assignments, and counts them before each commit.
 */
final class MeasuringFleet implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final String group;
    private final KafkaConsumer<Long, TaskAssignment> consumer;
    private final List<TopicPartition> partitions;
    private final Random random;
    private final Map<TopicPartition, Deque<Long>> outstanding = new HashMap<>();
    private final List<TaskAssignment> seen = new ArrayList<>();
    private int most;

    MeasuringFleet(TestDeployment deployment, Random random) {
        this.admin = deployment.admin();
        this.group = deployment.group();
        this.random = random;
        this.consumer = deployment.consumer(null, Map.of());
        this.partitions = consumer.partitionsFor(deployment.topic(Topic.DISPATCH)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        partitions.forEach(partition -> outstanding.put(partition, new ArrayDeque<>()));
    }

    /** Reads the assignments that have become visible. */
    void readNew() {
        for (ConsumerRecord<Long, TaskAssignment> record : consumer.poll(Duration.ofMillis(5))) {
            outstanding
                    .get(new TopicPartition(record.topic(), record.partition()))
                    .add(record.offset());
            seen.add(record.value());
        }
        most = Math.max(most, outstanding());
    }

    /** Takes some of the outstanding: commits like librdkafka, or like Java's auto-commit, which may pass a marker. */
    void takeSome() throws Exception {
        readNew();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Deque<Long> waiting = outstanding.get(partition);
            long last = -1;
            for (int count = random.nextInt(waiting.size() + 1); count > 0; count--) {
                last = waiting.remove();
            }
            if (last >= 0) {
                boolean likeJava = waiting.isEmpty() && random.nextBoolean();
                offsets.put(
                        partition, new OffsetAndMetadata(likeJava ? consumer.position(partition, LIMIT) : last + 1));
            }
        }
        if (!offsets.isEmpty()) {
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
    }

    int outstanding() {
        return outstanding.values().stream().mapToInt(Deque::size).sum();
    }

    /** The most that were outstanding at the same time. */
    int most() {
        return most;
    }

    /** Every assignment that became visible, in the order of each partition. */
    List<TaskAssignment> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
