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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the evidence: the topics, {@code read_committed}, those of the groups too. */
final class EvidenceReader {
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
}
