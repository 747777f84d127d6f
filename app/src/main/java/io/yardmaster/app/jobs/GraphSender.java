package io.yardmaster.app.jobs;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.schemas.JobExpectation;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serde;

/** Sends graphs of new jobs. The scheduler refuses a graph whose job it knows already. */
public final class GraphSender implements AutoCloseable {
    /** Header that names the sender, so that it knows its own graphs again among the dead letters. */
    static final String SENDER_HEADER = "yardmaster.sender";

    private static final int PART_BYTES = 700_000;

    private final String topic;
    private final byte[] sender;
    private final Serde<JobGraph> serde;
    private final KafkaProducer<Long, JobGraph> producer;

    /**
     * Connects; throws where a setting of the producer or the serde is wrong.
     *
     * @param sender a name that no other sender has
     */
    public GraphSender(SchedulerConfig config, String sender) {
        this.topic = config.topics().of(Topic.GRAPHS);
        this.sender = sender.getBytes(StandardCharsets.UTF_8);
        this.serde = ValueSerdes.of(Topic.GRAPHS, config.serde());
        this.producer = new KafkaProducer<>(settings(config), new LongSerializer(), serde.serializer());
    }

    /** Idempotent, so that parts stay in order. */
    private static Map<String, Object> settings(SchedulerConfig config) {
        Map<String, Object> settings = KafkaClients.producer(config.kafka());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }

    /** The most bytes that the stages of one part may take to fit into a record with certainty. */
    public static int partBytes(SchedulerConfig config) {
        String request = config.kafka().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        if (request == null) {
            return PART_BYTES;
        }
        Object most = ConfigDef.parseType(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, request, ConfigDef.Type.INT);
        return Math.min(PART_BYTES, (int) most / 10 * 7);
    }

    /**
     * Sends the parts of a graph, and returns when all are with the broker.
     *
     * @throws KafkaException if one cannot be sent
     */
    public void send(List<JobGraph> parts) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(parts.size());
        for (JobGraph part : parts) {
            ProducerRecord<Long, JobGraph> message = new ProducerRecord<>(topic, part.getJobId(), part);
            message.headers().add(SENDER_HEADER, sender).add(JobExpectation.HEADER, JobExpectation.NEW.encode());
            sent.add(producer.send(message));
        }
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new KafkaException(
                        "cannot send to " + topic + ": " + e.getCause().getMessage(), e.getCause());
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        serde.close();
    }
}
