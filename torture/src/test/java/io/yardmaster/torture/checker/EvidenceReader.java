package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** Reads the evidence: the topics, {@code read_committed}, and the history of the group's offsets. */
final class EvidenceReader {
    private static final String OFFSETS = "__consumer_offsets";
    private static final short NEWEST_OFFSET_KEY = 1;

    private final Map<String, String> settings;
    private final TopicNames names;
    private final TopicReader topics;

    EvidenceReader(Map<String, String> settings) {
        this.settings = settings;
        this.names = TopicNames.from(settings);
        this.topics = new TopicReader(settings);
    }

    Evidence read() {
        List<Evidence.End> ends = new ArrayList<>(topics.all(Topic.COMMIT, EvidenceReader::commit));
        ends.addAll(topics.all(Topic.CLEANUP, EvidenceReader::cleanup));
        List<Evidence.Taken> taken = new ArrayList<>();
        topics.each(OFFSETS, message -> taken(message).ifPresent(taken::add));
        List<GraphPlan.Part> graphs = GraphReader.read(topics);
        return new Evidence(
                topics.all(Topic.READY, EvidenceReader::ready),
                ends,
                topics.all(Topic.DISPATCH, EvidenceReader::assigned),
                taken,
                CommandReader.read(topics, names.deadLetter()),
                OutcomeReader.read(topics, names.of(Topic.OUTCOMES), settings),
                GraphPlan.of(graphs),
                graphs.size());
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
                epoch(message),
                event.getJobId(),
                event.getResourceGroupId(),
                Evidence.Kind.valueOf(event.getKind().name()),
                event.getTaskIndex(),
                event.getAttempt());
    }

    static long epoch(ConsumerRecord<byte[], byte[]> message) {
        return ByteBuffer.wrap(message.headers().lastHeader("epoch").value()).getLong();
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
}
