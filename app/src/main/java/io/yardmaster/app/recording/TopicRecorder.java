package io.yardmaster.app.recording;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingHeader;
import io.yardmaster.replay.recording.RecordingWriter;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Records the topics of a deployment, in no group, and of transactions only those that were committed. */
public final class TopicRecorder implements AutoCloseable {
    private static final long FLUSH_NANOS = Duration.ofSeconds(1).toNanos();
    /** After the time up to which a recording goes, records with earlier timestamps may come for so long. */
    private static final long LATE_MS = 1_000;

    private final SchedulerConfig config;
    private final RecordingSpan span;
    private final boolean payloads;
    private final Consumer<String> notices;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final PartitionSpans partitions;
    private final RecordDecoder decoder;
    private final HostChanges hosts = new HostChanges();
    private final Set<TopicPartition> begun = new HashSet<>();
    private final List<Lost> lost = new ArrayList<>();
    private long availableFrom = Long.MIN_VALUE;
    private long refused;

    private record Lost(TopicPartition partition, long first, long next) {}

    /**
     * Connects, and looks from where to where it is to record.
     *
     * @param payloads whether to keep those of stages and assignments, which may hold secrets
     * @param notices takes a line for each thing that a user should know
     */
    public TopicRecorder(SchedulerConfig config, RecordingSpan span, boolean payloads, Consumer<String> notices) {
        this.config = config;
        this.span = span;
        this.payloads = payloads;
        this.notices = notices;
        Map<String, Object> settings = KafkaClients.reader(config.kafka());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        consumer = new KafkaConsumer<>(settings, bytes, bytes);
        try {
            partitions = new PartitionSpans(consumer, config.topics(), span);
            partitions.seek(consumer);
            decoder = new RecordDecoder(config, partitions.shards(), partitions.pools(), payloads);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Records until the end of the span, or until stopped. Returns the numbers of records by topic.
     *
     * @param out is closed; all up to the last flush can be read again, of which there is at most one a second while it follows
     * @param version of this program
     */
    public Map<RecordedTopic, Long> record(OutputStream out, String version, BooleanSupplier stopped)
            throws IOException {
        RecordingHeader header = new RecordingHeader(
                version,
                System.currentTimeMillis(),
                span.from(),
                span.to(),
                partitions.shards(),
                payloads,
                RecordingSettings.of(config),
                partitions.starts());
        try (RecordingWriter writer = new RecordingWriter(out, header)) {
            TopicMerge merge = new TopicMerge(
                    consumer,
                    partitions.ends(),
                    (partition, first, next) -> lost.add(new Lost(partition, first, next)),
                    System::nanoTime);
            past(merge, writer, stopped);
            if (span.follow()) {
                follow(merge, writer, stopped);
            }
            writer.end();
            tell(writer);
            return writer.counts();
        }
    }

    private void past(TopicMerge merge, RecordingWriter writer, BooleanSupplier stopped) throws IOException {
        ConsumerRecord<byte[], byte[]> record = merge.next(stopped);
        while (record != null) {
            write(record, writer);
            record = merge.next(stopped);
        }
        writer.flush();
    }

    private void follow(TopicMerge merge, RecordingWriter writer, BooleanSupplier stopped) throws IOException {
        merge.follow();
        long flushedAt = System.nanoTime();
        boolean last = false;
        while (!last) {
            last = stopped.getAsBoolean() || isOver();
            for (ConsumerRecord<byte[], byte[]> record : merge.come(last)) {
                if (span.to().isEmpty() || record.timestamp() <= span.to().getAsLong()) {
                    write(record, writer);
                }
            }
            if (System.nanoTime() - flushedAt >= FLUSH_NANOS) {
                writer.flush();
                flushedAt = System.nanoTime();
            }
        }
    }

    private boolean isOver() {
        return span.to().isPresent() && System.currentTimeMillis() > span.to().getAsLong() + LATE_MS;
    }

    private void write(ConsumerRecord<byte[], byte[]> record, RecordingWriter writer) throws IOException {
        for (Lost gap : lost) {
            String name = gap.partition().topic();
            writer.gap(decoder.topic(name), decoder.pool(name), gap.partition().partition(), gap.first(), gap.next());
            notices.accept("%s: the records from offset %s to %s were deleted before they could be recorded"
                    .formatted(gap.partition(), gap.first(), gap.next() - 1));
        }
        lost.clear();
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (begun.add(partition) && partitions.lacks(partition, span.from(), record.timestamp())) {
            availableFrom = Math.max(availableFrom, record.timestamp());
        }
        Optional<RecordedRecord> decoded = decoder.decode(record);
        if (decoded.isPresent() && decoded.get().topic() == RecordedTopic.HOSTS) {
            for (RecordedRecord change : hosts.of(decoded.get())) {
                writer.write(change);
            }
        } else if (decoded.isPresent()) {
            refused += decoded.get().refused().isPresent() ? 1 : 0;
            writer.write(decoded.get());
        }
    }

    private void tell(RecordingWriter writer) {
        NewerPools.notices(consumer, config.topics(), partitions.pools().values())
                .forEach(notices);
        if (availableFrom != Long.MIN_VALUE) {
            notices.accept(
                    "Kafka has all records only from %s on: older ones were taken and, after keep.taken, deleted; --follow records them as they come"
                            .formatted(Instant.ofEpochMilli(availableFrom)));
        } else if (partitions.isEmptied()) {
            notices.accept(
                    "Kafka has no records any more of some partitions: they were taken and, after keep.taken, deleted; --follow records them as they come");
        }
        if (hosts.ignored() > 0) {
            notices.accept("heartbeats of more than %s hosts: those of others are not in the recording"
                    .formatted(HostChanges.MOST_HOSTS));
        }
        if (refused > 0) {
            notices.accept(
                    refused + " of " + writer.records()
                            + " records make no sense, so that the scheduler refuses them; they are in the recording with the reason");
        }
    }

    @Override
    public void close() {
        consumer.close();
        decoder.close();
    }
}
