package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the evidence about a pool with hosts: the topics, {@code read_committed}. */
final class HostEvidenceReader {
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
        return new HostEvidence(
                graphs,
                topics.all(Topic.HOSTS, (message, host) -> new HostEvidence.Beat(message.timestamp(), host)),
                placed,
                topics.all(Topic.OUTCOMES, (message, outcome) -> new HostEvidence.Ended(message.timestamp(), outcome)),
                sessions,
                topics.all(Topic.EVENTS, (message, event) -> event));
    }
}
