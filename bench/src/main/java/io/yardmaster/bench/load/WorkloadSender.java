package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Sends ready events. Those sent in a transaction are in the topic, but nobody sees them until {@link #open}. */
public final class WorkloadSender implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<TaskReady> values;
    private final LossCheck losses;

    private WorkloadSender(String topic, Map<String, Object> settings) {
        WorkloadSchemas.register();
        this.topic = topic;
        this.losses = new LossCheck("events", topic);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.values = ValueSerdes.of(Topic.READY, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                .serializer();
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        return settings;
    }

    /** A sender whose events can be read at once. */
    public static WorkloadSender visible(String bootstrapServers, String topic, int lingerMillis) {
        Map<String, Object> settings = settings(bootstrapServers);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        return new WorkloadSender(topic, settings);
    }

    /** A sender whose events can be read only after {@link #open}. */
    public static WorkloadSender gated(String bootstrapServers, String topic) {
        Map<String, Object> settings = settings(bootstrapServers);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-sender");
        settings.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(Duration.ofMinutes(15).toMillis()));
        WorkloadSender sender = new WorkloadSender(topic, settings);
        sender.producer.initTransactions();
        sender.producer.beginTransaction();
        return sender;
    }

    /** Sends all events and waits until the broker has them. */
    public void sendAll(Workload workload) {
        sendAll(workload, workload::event);
    }

    public void sendAll(Workload workload, LongFunction<TaskReady> events) {
        sendAll(workload.events(), events);
    }

    /** The same with the first so many of these events. */
    public void sendAll(long count, LongFunction<TaskReady> events) {
        for (long event = 0; event < count; event++) {
            send(events.apply(event));
        }
        flush();
    }

    public void send(TaskReady event) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(event.getJobId()).array();
        // The callback is told of a failure, too.
        var unused = producer.send(new ProducerRecord<>(topic, key, values.serialize(topic, event)), losses);
    }

    /**
     * Waits until the broker has all events sent.
     *
     * @throws BenchException if any event sent so far is lost
     */
    public void flush() {
        producer.flush();
        losses.requireNone();
    }

    /** Lets the sent events be read. */
    public void open() {
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
