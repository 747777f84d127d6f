package io.yardmaster.pipeline;

import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes outcomes as execution managers do. */
final class ResultSender implements AutoCloseable {
    static final Instant START = Instant.parse("2027-03-01T06:00:00Z");

    private final String topic;
    private final KafkaProducer<Long, byte[]> producer;
    private final Serializer<TaskOutcome> serializer;
    private final List<Future<?>> sent = new ArrayList<>();

    ResultSender(ConnectFixture fixture) {
        topic = fixture.topics().of(Topic.OUTCOMES);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", fixture.kafka(), "linger.ms", "5"),
                new LongSerializer(),
                new ByteArraySerializer());
        serializer = ValueSerdes.of(Topic.OUTCOMES, fixture.settings()).serializer();
    }

    void send(TaskOutcome outcome) {
        sendBytes(outcome.getJobId(), serializer.serialize(topic, outcome));
    }

    void sendBytes(long job, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, job, value)));
    }

    void flush() {
        producer.flush();
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        sent.clear();
    }

    static TaskOutcome outcome(long job, int index, long session, int attempt, TaskResult result) {
        return outcome(job, index, session, attempt, result, "it was so", START.plusMillis(1_234));
    }

    static TaskOutcome outcome(
            long job, int index, long session, int attempt, TaskResult result, String reason, Instant endedAt) {
        return new TaskOutcome(
                1L, 7L, job, session, TaskKind.TASK, index, attempt, result, reason, START, endedAt, "worker-1");
    }

    @Override
    public void close() {
        flush();
        producer.close();
    }
}
