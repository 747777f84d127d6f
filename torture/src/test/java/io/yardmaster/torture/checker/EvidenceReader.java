package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.PolicyEntry;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the evidence: the topics, {@code read_committed}, those of the groups too. */
final class EvidenceReader {
    private static final String LIMIT = "limit/";
    private static final String POOL = "pool/";
    private static final String GROUP = "group/";
    /** The window of a pool whose entry in the policy sets none. */
    private static final long SHIPPED_WINDOW = 1_024;

    private final Map<String, String> settings;
    private final TopicNames names;
    private final TopicReader topics;
    private final List<Evidence.LimitSet> limits = new ArrayList<>();
    private final List<Evidence.RateSet> rates = new ArrayList<>();

    EvidenceReader(Map<String, String> settings) {
        this.settings = settings;
        this.names = TopicNames.from(settings);
        this.topics = new TopicReader(settings);
    }

    Evidence read() {
        List<Evidence.End> ends = new ArrayList<>(topics.all(Topic.COMMIT, EvidenceReader::commit));
        ends.addAll(topics.all(Topic.CLEANUP, EvidenceReader::cleanup));
        List<GraphPlan.Part> graphs = GraphReader.read(topics);
        readPolicy();
        DispatchTopics dispatch = new DispatchTopics(
                settings,
                limits.stream()
                        .map(Evidence.LimitSet::limit)
                        .filter(limit -> limit.startsWith(POOL))
                        .map(limit -> limit.substring(POOL.length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        return new Evidence(
                topics.all(Topic.READY, EvidenceReader::ready),
                ends,
                assigned(dispatch),
                TakenReader.read(topics, dispatch),
                CommandReader.read(topics, names.deadLetter()),
                OutcomeReader.read(topics, names.of(Topic.OUTCOMES), settings),
                limits,
                rates,
                GraphPlan.of(graphs),
                graphs.size());
    }

    /** The policy topic is compacted, but not as long as it is small. */
    private void readPolicy() {
        try (var values = ValueSerdes.of(Topic.POLICY, settings).deserializer()) {
            topics.each(names.of(Topic.POLICY), message -> {
                String key = new String(message.key(), StandardCharsets.UTF_8);
                PolicyEntry entry =
                        message.value() == null ? null : values.deserialize(message.topic(), message.value());
                if (key.startsWith(LIMIT)) {
                    long capacity = entry == null ? 0 : orElse(entry.getCapacity(), 0);
                    limits.add(new Evidence.LimitSet(key.substring(LIMIT.length()), message.timestamp(), capacity));
                } else if (key.startsWith(POOL)) {
                    boolean goesOn = entry != null && !Boolean.TRUE.equals(entry.getPaused());
                    limits.add(new Evidence.LimitSet(
                            key, message.timestamp(), goesOn ? orElse(entry.getWindow(), SHIPPED_WINDOW) : 0));
                } else if (key.startsWith(GROUP)) {
                    boolean isBounded = entry != null && entry.getRate() != null;
                    rates.add(new Evidence.RateSet(
                            Long.parseLong(key.substring(GROUP.length())),
                            message.timestamp(),
                            isBounded ? entry.getRate() : 0,
                            isBounded ? orElse(entry.getBurst(), 1) : 0));
                }
            });
        }
    }

    private static long orElse(Long number, long otherwise) {
        return number == null ? otherwise : number;
    }

    private List<Evidence.Assigned> assigned(DispatchTopics dispatch) {
        List<Evidence.Assigned> all = new ArrayList<>();
        try (var values = ValueSerdes.of(Topic.DISPATCH, settings).deserializer()) {
            dispatch.pools()
                    .forEach(pool -> topics.each(
                            dispatch.topic(pool),
                            message -> all.add(assigned(
                                    message,
                                    values.deserialize(message.topic(), message.value()),
                                    dispatch.number(message.topic(), message.partition()),
                                    pool))));
        }
        return all;
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

    private static Evidence.Assigned assigned(
            ConsumerRecord<byte[], byte[]> message, TaskAssignment event, int partition, String pool) {
        return new Evidence.Assigned(
                partition,
                message.offset(),
                message.timestamp(),
                event.getAssignmentId(),
                event.getSessionId(),
                epoch(message),
                event.getJobId(),
                event.getResourceGroupId(),
                Evidence.Kind.valueOf(event.getKind().name()),
                event.getTaskIndex(),
                event.getAttempt(),
                pool);
    }

    static long epoch(ConsumerRecord<byte[], byte[]> message) {
        return ByteBuffer.wrap(message.headers().lastHeader("epoch").value()).getLong();
    }
}
