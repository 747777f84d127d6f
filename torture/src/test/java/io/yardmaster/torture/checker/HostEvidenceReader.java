package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** Reads the evidence about a pool with hosts: the topics, {@code read_committed}. */
final class HostEvidenceReader {
    private static final short NEWEST_OFFSET_KEY = 1;

    private HostEvidenceReader() {}

    static HostEvidence read(Map<String, String> settings, String pool) {
        TopicReader topics = new TopicReader(settings);
        Map<Long, JobGraph> graphs = new HashMap<>();
        topics.all(Topic.GRAPHS, (message, graph) -> graphs.put(graph.getJobId(), graph));
        Map<Long, Long> sessions = new HashMap<>();
        topics.all(
                Topic.CLEANUP,
                (message, event) -> sessions.merge(event.getSessionId(), message.timestamp(), Math::min));
        List<HostEvidence.Placed> placed = new ArrayList<>();
        try (var values = ValueSerdes.of(Topic.DISPATCH, settings).deserializer()) {
            topics.each(TopicNames.from(settings).dispatch(pool), message -> {
                if (message.value() != null) {
                    long incarnation = ByteBuffer.wrap(
                                    message.headers().lastHeader("incarnation").value())
                            .getLong();
                    placed.add(new HostEvidence.Placed(
                            message.timestamp(), incarnation, values.deserialize(message.topic(), message.value())));
                }
            });
        }
        Map<Long, List<Long>> gangs = new HashMap<>();
        topics.all(Topic.OFFERS, (message, offer) -> {
            if (offer.getGang()) {
                offer.getAssignmentIds().forEach(id -> gangs.put(id, offer.getAssignmentIds()));
            }
            return offer;
        });
        Map<String, PolicyEntry> policy = new HashMap<>();
        topics.all(
                Topic.POLICY, (message, entry) -> policy.put(new String(message.key(), StandardCharsets.UTF_8), entry));
        List<HostEvidence.Beat> beats = topics.all(
                Topic.HOSTS, (message, host) -> new HostEvidence.Beat(message.timestamp(), message.offset(), host));
        return new HostEvidence(
                graphs,
                beats,
                placed,
                topics.all(Topic.OUTCOMES, (message, outcome) -> new HostEvidence.Ended(message.timestamp(), outcome)),
                gangs,
                read(topics, settings),
                sessions,
                topics.all(Topic.EVENTS, (message, event) -> event),
                policy);
    }

    /** Heartbeats of one pool are in one partition, the only one in which anything was read. */
    private static List<HostEvidence.Read> read(TopicReader topics, Map<String, String> settings) {
        String application = settings.get("kafka.application.id");
        String hosts = TopicNames.from(settings).of(Topic.HOSTS);
        List<HostEvidence.Read> read = new ArrayList<>();
        topics.each("__consumer_offsets", message -> {
            ByteBuffer bytes = ByteBuffer.wrap(message.key());
            short version = bytes.getShort();
            if (message.value() == null || version > NEWEST_OFFSET_KEY) {
                return;
            }
            OffsetCommitKey key = new OffsetCommitKey(new ByteBufferAccessor(bytes), version);
            if (key.group().equals(application) && key.topic().equals(hosts)) {
                ByteBuffer value = ByteBuffer.wrap(message.value());
                var commit = new OffsetCommitValue(new ByteBufferAccessor(value), value.getShort());
                read.add(new HostEvidence.Read(commit.commitTimestamp(), commit.offset()));
            }
        });
        return read;
    }
}
