package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Counts the assignments that have become visible, without being one of the fleet. */
final class MeasuringReader implements AutoCloseable {
    private final KafkaConsumer<Long, TaskAssignment> consumer;
    private int count;

    MeasuringReader(TestDeployment deployment) {
        this.consumer = deployment.consumer(null, Map.of());
        List<TopicPartition> partitions = consumer.partitionsFor(deployment.topic(Topic.DISPATCH)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    int count() {
        count += consumer.poll(Duration.ofMillis(10)).count();
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
