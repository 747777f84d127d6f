package io.yardmaster.bench.fairness;

import io.yardmaster.bench.load.WorkloadSchemas;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;

/** Reads all visible records of the dispatch topic, on a thread of its own. */
final class DispatchReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final List<Seen> seen = new ArrayList<>();
    /** The time of the latest record in each partition. The list guards itself and this array. */
    private final long[] latest;

    private final Loop loop;

    DispatchReader(String bootstrapServers, String topic) {
        WorkloadSchemas.register();
        KafkaConsumer<Long, TaskAssignment> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                        .deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        latest = new long[partitions.size()];
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        loop = new Loop("dispatch-reader", () -> read(consumer), consumer::close);
    }

    private void read(KafkaConsumer<Long, TaskAssignment> consumer) {
        for (ConsumerRecord<Long, TaskAssignment> record : consumer.poll(POLL)) {
            TaskAssignment value = record.value();
            Seen assignment =
                    new Seen(record.timestamp(), value.getJobId(), value.getResourceGroupId(), value.getSessionId());
            synchronized (seen) {
                seen.add(assignment);
                latest[record.partition()] = record.timestamp();
            }
        }
    }

    /** All assignments before this time, in ms since 1970, have been seen. */
    long seenUntil() {
        loop.check();
        synchronized (seen) {
            return Arrays.stream(latest).min().orElseThrow();
        }
    }

    /** The assignments seen so far, without the first ones. */
    List<Seen> seenAfter(int first) {
        loop.check();
        synchronized (seen) {
            return List.copyOf(seen.subList(first, seen.size()));
        }
    }

    int count() {
        loop.check();
        synchronized (seen) {
            return seen.size();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
