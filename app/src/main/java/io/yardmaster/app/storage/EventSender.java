package io.yardmaster.app.storage;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    private final KafkaProducer<Long, byte[]> producer;
    private final TopicNames names;
    private final Map<Topic<?>, Serializer<?>> serializers;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** Connects; throws where a setting of the producer or the serde is wrong. */
    public EventSender(SchedulerConfig config) {
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
        ProducerRecord<Long, byte[]> message =
                new ProducerRecord<>(names.of(event.topic()), event.jobId(), serialized(event));
        Future<RecordMetadata> unused = producer.send(message, (metadata, error) -> {
            if (error != null) {
                failure.completeExceptionally(
                        new KafkaException("cannot send to " + message.topic() + ": " + error.getMessage(), error));
            }
        });
    }

    /** Waits until all events are with the broker; throws for the first event that could not be sent, if any. */
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
