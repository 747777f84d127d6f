package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the evidence: the topics, {@code read_committed}, those of the groups too. */
final class EvidenceReader {
    private static final String LIMIT = "limit/";

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
        List<GraphPlan.Part> graphs = GraphReader.read(topics);
        return new Evidence(
                topics.all(Topic.READY, EvidenceReader::ready),
                ends,
                topics.all(Topic.DISPATCH, EvidenceReader::assigned),
                TakenReader.read(topics, settings),
                CommandReader.read(topics, names.deadLetter()),
                OutcomeReader.read(topics, names.of(Topic.OUTCOMES), settings),
                limits(),
                GraphPlan.of(graphs),
                graphs.size());
    }

    /** The policy topic is compacted, but not as long as it is small. */
    private List<Evidence.LimitSet> limits() {
        List<Evidence.LimitSet> limits = new ArrayList<>();
        try (var values = ValueSerdes.of(Topic.POLICY, settings).deserializer()) {
            topics.each(names.of(Topic.POLICY), message -> {
                String key = new String(message.key(), StandardCharsets.UTF_8);
                if (key.startsWith(LIMIT)) {
                    Long capacity = message.value() == null
                            ? null
                            : values.deserialize(message.topic(), message.value())
                                    .getCapacity();
                    limits.add(new Evidence.LimitSet(
                            key.substring(LIMIT.length()), message.timestamp(), capacity == null ? 0 : capacity));
                }
            });
        }
        return limits;
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
}
