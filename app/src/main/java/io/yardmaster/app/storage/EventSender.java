package io.yardmaster.app.storage;

import io.yardmaster.schemas.JobExpectation;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Sends events to the lanes of the scheduler, each job's in order. */
public final class EventSender implements Consumer<StorageEvent<?>>, AutoCloseable {
    /** Header that names the sender, so that it knows its own events again among the dead letters. */
    static final String SENDER_HEADER = "yardmaster.sender";

    private final KafkaProducer<Long, byte[]> producer;
    private final String sender;
    private final TopicNames names;
    private final Map<Topic<?>, Serializer<?>> serializers;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /**
     * Connects; throws where a setting of the producer or the serde is wrong.
     *
     * @param sender a name that no other sender has; empty if the sender does not look at dead letters
     */
    public EventSender(SchedulerConfig config, String sender) {
        this.sender = sender;
        names = config.topics();
        serializers = List.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP).stream()
                .collect(Collectors.toMap(Function.identity(), topic -> ValueSerdes.of(topic, config.serde())
                        .serializer()));
        producer = new KafkaProducer<>(
                KafkaClients.producer(config.kafka()), new LongSerializer(), new ByteArraySerializer());
    }

    /**
     * Sends without waiting for the broker.
     *
     * @throws KafkaException if the event cannot be serialized, as when the registry is away
     */
    @Override
    public void accept(StorageEvent<?> event) {
        send(event, Optional.empty());
    }

    /** The same, for an event that the scheduler is to refuse if the expectation about its job is wrong. */
    public void send(StorageEvent<?> event, Optional<JobExpectation> expected) {
        send(event, expected, sender);
    }

    /** Sends an event that the scheduler refuses with a reason that is an answer; its sender is {@link #questioner}. */
    void ask(StorageEvent<?> event) {
        send(event, Optional.of(JobExpectation.NEW), questioner());
    }

    private void send(StorageEvent<?> event, Optional<JobExpectation> expected, String from) {
        ProducerRecord<Long, byte[]> message =
                new ProducerRecord<>(names.of(event.topic()), event.jobId(), serialized(event));
        if (!from.isEmpty()) {
            message.headers().add(SENDER_HEADER, from.getBytes(StandardCharsets.UTF_8));
        }
        expected.ifPresent(which -> message.headers().add(JobExpectation.HEADER, which.encode()));
        Future<RecordMetadata> unused = producer.send(message, (metadata, error) -> {
            if (error != null) {
                failure.completeExceptionally(
                        new KafkaException("cannot send to " + message.topic() + ": " + error.getMessage(), error));
            }
        });
    }

    String sender() {
        return sender;
    }

    String questioner() {
        return sender + "?";
    }

    /** A stage that never completes normally, and completes exceptionally with the first event that could not be sent. */
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
    }

    /** Waits until all events are with the broker; throws the exception of {@link #failure}, if any. */
    public void flush() {
        producer.flush();
        if (failure.isCompletedExceptionally()) {
            throw (KafkaException) failure.handle((none, error) -> error).join();
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    @SuppressWarnings("unchecked") // the constructor puts a topic's own serializer under each topic
    private <V extends SpecificRecord> byte[] serialized(StorageEvent<V> event) {
        Serializer<V> serializer = (Serializer<V>) serializers.get(event.topic());
        return serializer.serialize(names.of(event.topic()), event.value());
    }
}
