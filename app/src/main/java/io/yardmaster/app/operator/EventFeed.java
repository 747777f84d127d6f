package io.yardmaster.app.operator;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/** Reads the events topic, in no group. */
public final class EventFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final EventQuery query;
    private final Consumer<String> complaints;
    private final Serde<JobEvent> serde;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    /**
     * Connects, and looks where the events end now.
     *
     * @param now epoch ms
     * @param complaints takes a line for each record that cannot be read
     */
    public EventFeed(SchedulerConfig config, EventQuery query, long now, Consumer<String> complaints) {
        this.query = query;
        this.complaints = complaints;
        serde = ValueSerdes.of(Topic.EVENTS, config.serde());
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        consumer = new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes);
        List<PartitionInfo> all = consumer.partitionsFor(config.topics().of(Topic.EVENTS));
        consumer.assign(all.stream()
                .filter(info -> query.reaches(info.partition(), all.size()))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        ends = consumer.endOffsets(consumer.assignment());
        query.since().ifPresentOrElse(age -> seek(now - age.toMillis()), () -> consumer.seekToBeginning(ends.keySet()));
    }

    private void seek(long from) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, Math.max(0, from)));
        consumer.offsetsForTimes(times)
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
    }

    /** Hands on the events that were there when this was made, by their times. */
    public void past(Consumer<TracedEvent> out, BooleanSupplier stopped) {
        new EventMerge(consumer, this::read, ends).forEach(out, stopped);
        ends.forEach(consumer::seek);
    }

    /** Hands on later events as they come, until stopped. */
    public void follow(Consumer<TracedEvent> out, BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            consumer.poll(POLL).forEach(record -> read(record).ifPresent(out));
        }
    }

    private Optional<TracedEvent> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(serde.deserializer().deserialize(record.topic(), record.value()))
                    .filter(query::matches)
                    .map(event -> new TracedEvent(event, TraceContext.read(record.headers())));
        } catch (UnreadableRecordException e) {
            complaints.accept(
                    "%s-%s@%s: %s".formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
        serde.close();
    }
}
