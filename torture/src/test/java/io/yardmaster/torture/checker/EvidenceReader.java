package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** Reads the evidence: the lanes and the dispatch topic {@code read_committed}, and the history of the group's offsets. */
final class EvidenceReader {
    private static final String OFFSETS = "__consumer_offsets";
    private static final short NEWEST_OFFSET_KEY = 1;

    private final Map<String, String> settings;
    private final TopicNames names;

    EvidenceReader(Map<String, String> settings) {
        this.settings = settings;
        this.names = TopicNames.from(settings);
    }

    Evidence read() {
        List<Evidence.Ready> ready = new ArrayList<>();
        each(Topic.READY, (message, event) -> ready.add(ready(message, event)));
        List<Evidence.End> ends = new ArrayList<>();
        each(Topic.COMMIT, (message, event) -> ends.add(commit(message, event)));
        each(Topic.CLEANUP, (message, event) -> ends.add(cleanup(message, event)));
        List<Evidence.Assigned> assigned = new ArrayList<>();
        each(Topic.DISPATCH, (message, event) -> assigned.add(assigned(message, event)));
        List<Evidence.Taken> taken = new ArrayList<>();
        each(OFFSETS, message -> taken(message).ifPresent(taken::add));
        return new Evidence(ready, ends, assigned, taken);
    }

    private static Evidence.Ready ready(ConsumerRecord<byte[], byte[]> message, TaskReady event) {
        return new Evidence.Ready(
                message.partition(),
                message.offset(),
                message.timestamp(),
                event.getSessionId(),
                event.getJobId(),
                event.getResourceGroupId(),
                event.getTaskIndices(),
                event.getAttempt());
    }

    private static Evidence.End commit(ConsumerRecord<byte[], byte[]> message, CommitReady event) {
        return new Evidence.End(
                Evidence.EndKind.COMMIT,
                message.partition(),
                message.offset(),
                message.timestamp(),
                event.getSessionId(),
                event.getJobId());
    }

    private static Evidence.End cleanup(ConsumerRecord<byte[], byte[]> message, CleanupReady event) {
        return new Evidence.End(
                event.getHasTask() ? Evidence.EndKind.CLEANUP : Evidence.EndKind.ENDED,
                message.partition(),
                message.offset(),
                message.timestamp(),
                event.getSessionId(),
                event.getJobId());
    }

    private static Evidence.Assigned assigned(ConsumerRecord<byte[], byte[]> message, TaskAssignment event) {
        return new Evidence.Assigned(
                message.partition(),
                message.offset(),
                message.timestamp(),
                event.getAssignmentId(),
                event.getSessionId(),
                ByteBuffer.wrap(message.headers().lastHeader("epoch").value()).getLong(),
                event.getJobId(),
                event.getResourceGroupId(),
                Evidence.Kind.valueOf(event.getKind().name()),
                event.getTaskIndex(),
                event.getAttempt());
    }

    private Optional<Evidence.Taken> taken(ConsumerRecord<byte[], byte[]> message) {
        ByteBuffer keyBytes = ByteBuffer.wrap(message.key());
        short version = keyBytes.getShort();
        if (version > NEWEST_OFFSET_KEY || message.value() == null) {
            return Optional.empty();
        }
        OffsetCommitKey key = new OffsetCommitKey(new ByteBufferAccessor(keyBytes), version);
        if (!key.group().equals(settings.get("dispatch.group")) || !key.topic().equals(names.of(Topic.DISPATCH))) {
            return Optional.empty();
        }
        ByteBuffer valueBytes = ByteBuffer.wrap(message.value());
        OffsetCommitValue value = new OffsetCommitValue(new ByteBufferAccessor(valueBytes), valueBytes.getShort());
        return Optional.of(new Evidence.Taken(key.partition(), value.offset(), value.commitTimestamp()));
    }

    private interface Reader<V> {
        void read(ConsumerRecord<byte[], byte[]> message, V event);
    }

    private <V extends SpecificRecord> void each(Topic<V> topic, Reader<V> reader) {
        try (var values = ValueSerdes.of(topic, settings).deserializer()) {
            each(
                    names.of(topic),
                    message -> reader.read(message, values.deserialize(message.topic(), message.value())));
        }
    }

    private void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                settings.get("kafka.bootstrap.servers"),
                "isolation.level",
                "read_committed",
                "exclude.internal.topics",
                false,
                "auto.offset.reset",
                "earliest"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(reader);
            }
        }
    }
}
