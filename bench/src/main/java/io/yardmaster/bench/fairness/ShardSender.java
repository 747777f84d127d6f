package io.yardmaster.bench.fairness;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.fairness.Placement.PlacedJob;
import io.yardmaster.bench.load.WorkloadSchemas;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends ready events to a given shard. */
final class ShardSender implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<Long, byte[]> producer;
    private final KafkaProducer<byte[], byte[]> policies;
    private final Serializer<TaskReady> values;

    ShardSender(String bootstrapServers, String topic) {
        WorkloadSchemas.register();
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new LongSerializer(), new ByteArraySerializer());
        this.policies = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        this.values = ValueSerdes.of(Topic.READY, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                .serializer();
    }

    /** Sends each job this many tasks, in one event, and waits until the broker has all. */
    void backlog(Placement placement, long session, int tasks) {
        List<Integer> indices = IntStream.range(0, tasks).boxed().toList();
        placement.jobs().forEach(job -> send(job, session, indices));
    }

    /** Writes the weights of these groups into the policy topic, and waits until the broker has all. */
    void weights(String policyTopic, List<Long> groups) {
        Serializer<PolicyEntry> entries = ValueSerdes.of(
                        Topic.POLICY, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                .serializer();
        StringSerializer keys = new StringSerializer();
        for (long group : groups) {
            PolicyEntry entry = PolicyEntry.newBuilder()
                    .setBy("bench")
                    .setFields(List.of("weight"))
                    .setWeight(Placement.weight(group))
                    .build();
            try {
                policies.send(new ProducerRecord<>(
                                policyTopic,
                                keys.serialize(policyTopic, "group/" + group),
                                entries.serialize(policyTopic, entry)))
                        .get();
            } catch (ExecutionException | InterruptedException e) {
                throw new BenchException("the policy cannot be written to " + policyTopic + ": " + e.getMessage(), e);
            }
        }
    }

    /** Sends one task. Returns the time at which the broker appended it, in ms since 1970, by its acknowledgement. */
    long one(PlacedJob job, long session) {
        return send(job, session, List.of(0)).timestamp();
    }

    private RecordMetadata send(PlacedJob job, long session, List<Integer> indices) {
        TaskReady event = new TaskReady(job.group(), job.id(), session, indices, 0);
        try {
            return producer.send(new ProducerRecord<>(topic, job.shard(), job.id(), values.serialize(topic, event)))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new BenchException("an event cannot be sent to " + topic + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
        policies.close();
    }
}
