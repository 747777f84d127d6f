package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes a successful outcome for each assignment, with the settings of the Java client's producer. */
public final class OutcomeSender implements AutoCloseable {
    private static final String WORKER = "worker-17.example.com-4711";

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Deserializer<TaskAssignment> assignments;
    private final Serializer<TaskOutcome> outcomes;
    private final LossCheck losses;

    public OutcomeSender(String bootstrapServers, String topic) {
        WorkloadSchemas.register();
        this.topic = topic;
        this.losses = new LossCheck("outcomes", topic);
        Map<String, String> serde = Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL);
        assignments = ValueSerdes.of(Topic.DISPATCH, serde).deserializer();
        outcomes = ValueSerdes.of(Topic.OUTCOMES, serde).serializer();
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Does not wait for the broker. Returns the assignment. */
    public TaskAssignment send(ConsumerRecord<byte[], byte[]> dispatched) {
        TaskAssignment assignment = assignments.deserialize(dispatched.topic(), dispatched.value());
        Instant now = Instant.now();
        TaskOutcome outcome = new TaskOutcome(
                assignment.getAssignmentId(),
                assignment.getResourceGroupId(),
                assignment.getJobId(),
                assignment.getSessionId(),
                assignment.getKind(),
                assignment.getTaskIndex(),
                assignment.getAttempt(),
                TaskResult.SUCCEEDED,
                "",
                now,
                now,
                WORKER);
        // The callback is told of a failure, too.
        var unused = producer.send(
                new ProducerRecord<>(topic, dispatched.key(), outcomes.serialize(topic, outcome)), losses);
        return assignment;
    }

    /**
     * Waits until the broker has all outcomes sent: only then may their assignments be committed.
     *
     * @throws BenchException if any is lost
     */
    public void awaitWritten() {
        producer.flush();
        losses.requireNone();
    }

    /**
     * Takes assignments until so many have come, and writes an outcome for each before it is committed.
     *
     * @param each called with each of them before its outcome is sent
     */
    public void answer(Drain drain, long total, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        drain.takeUntil(() -> drain.taken() >= total, total, patience, each.andThen(this::send), this::awaitWritten);
    }

    @Override
    public void close() {
        producer.close();
    }
}
