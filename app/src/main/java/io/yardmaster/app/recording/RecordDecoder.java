package io.yardmaster.app.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostLimits;
import io.yardmaster.schemas.JobExpectation;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TickHeader;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.AssignmentIds;
import io.yardmaster.topology.InboundCheck;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;

/** Makes lines of a recording of Kafka's records. */
final class RecordDecoder implements AutoCloseable {
    private final Map<String, RecordedTopic> topics = new HashMap<>();
    private final Map<String, String> pools;
    private final Map<RecordedTopic, Serde<? extends SpecificRecord>> serdes = new EnumMap<>(RecordedTopic.class);
    private final AvroJson json;
    private final AssignmentIds ids;
    private final InboundCheck check;

    /**
     * Does not ask the registry yet.
     *
     * @param pools other than the default one, by the names of their topics
     * @param payloads whether to keep them
     */
    RecordDecoder(SchedulerConfig config, int shards, Map<String, String> pools, boolean payloads) {
        this.pools = pools;
        pools.keySet().forEach(name -> topics.put(name, RecordedTopic.DISPATCH));
        for (RecordedTopic topic : RecordedTopic.values()) {
            topics.put(config.topics().of(RecordedTopics.of(topic)), topic);
            serdes.put(topic, ValueSerdes.of(RecordedTopics.of(topic), config.serde()));
        }
        this.json = new AvroJson(payloads);
        this.ids = new AssignmentIds(shards);
        this.check = new InboundCheck(config, shards);
    }

    /** The topic of this name. */
    RecordedTopic topic(String name) {
        return topics.get(name);
    }

    /** The pool of the topic of this name; empty for the default one, and if the topic is of none. */
    String pool(String name) {
        return pools.getOrDefault(name, "");
    }

    /**
     * The line of a record; empty if a recording does not have it: it tells a host of a pool that the scheduler counts on it no more, or is
     * a heartbeat that makes no sense. Of other heartbeats it has what {@link HostChanges} takes.
     * Throws {@code RegistryUnavailableException} if the registry is needed and does not answer.
     */
    Optional<RecordedRecord> decode(ConsumerRecord<byte[], byte[]> record) {
        RecordedTopic topic = topic(record.topic());
        if (topic == RecordedTopic.HOSTS) {
            return heartbeat(record);
        }
        return topic == RecordedTopic.DISPATCH && record.value() == null
                ? Optional.empty()
                : Optional.of(decode(topic, record));
    }

    private Optional<RecordedRecord> heartbeat(ConsumerRecord<byte[], byte[]> record) {
        try {
            SpecificRecord value = serdes.get(RecordedTopic.HOSTS)
                    .deserializer()
                    .deserialize(record.topic(), record.headers(), record.value());
            if (value instanceof Host host
                    && host.getPool().matches(GraphLimits.POOL_NAME)
                    && HostLimits.problem(host.getHost(), host.getTotal(), host.getLabels())
                            .isEmpty()) {
                ObjectNode fields = json.of(host);
                fields.retain("pool", "host", "incarnation", "total", "labels");
                return Optional.of(
                        line(RecordedTopic.HOSTS, record, fields, Optional.empty(), RecordedRecord.NO_SHARD, 0));
            }
        } catch (UnreadableRecordException e) {
            // The scheduler passes it over, too.
        }
        return Optional.empty();
    }

    private RecordedRecord decode(RecordedTopic topic, ConsumerRecord<byte[], byte[]> record) {
        SpecificRecord value;
        try {
            value = serdes.get(topic).deserializer().deserialize(record.topic(), record.headers(), record.value());
        } catch (UnreadableRecordException e) {
            return line(topic, record, NullNode.getInstance(), Optional.of(e.getMessage()), RecordedRecord.NO_SHARD, 0);
        }
        JsonNode fields = value == null ? NullNode.getInstance() : json.of(value);
        int shard = RecordedRecord.NO_SHARD;
        long number = RecordedRecord.NO_NUMBER;
        if (value instanceof TaskAssignment assignment) {
            shard = ids.shardOf(assignment.getAssignmentId());
            number = ids.numberOf(shard, assignment.getAssignmentId());
        } else if (value instanceof TaskOutcome outcome) {
            number = ids.numberOf(record.partition(), outcome.getAssignmentId());
        }
        Optional<String> refused = topic.isOfShards() ? refusal(record, value) : Optional.empty();
        return line(topic, record, fields, refused, shard, number);
    }

    private Optional<String> refusal(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        if (record.key() != null && record.key().length != Long.BYTES) {
            return Optional.of("the key has " + record.key().length + " bytes, must have " + Long.BYTES);
        }
        Long job = record.key() == null ? null : ByteBuffer.wrap(record.key()).getLong();
        return check.refusal(record.partition(), job, value, Math.max(0, record.timestamp()), record.headers());
    }

    private RecordedRecord line(
            RecordedTopic topic,
            ConsumerRecord<byte[], byte[]> record,
            JsonNode value,
            Optional<String> refused,
            int shard,
            long number) {
        return new RecordedRecord(
                topic,
                pool(record.topic()),
                record.partition(),
                record.offset(),
                Math.max(0, record.timestamp()),
                key(topic, record.key()),
                value,
                expectation(record.headers()),
                refused,
                shard,
                number,
                ticks(record.headers()));
    }

    private static Optional<String> ticks(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(TickHeader.HEADER))
                .map(header -> Base64.getEncoder().encodeToString(header.value()));
    }

    private static String key(RecordedTopic topic, byte[] key) {
        if (key == null) {
            return "";
        }
        boolean isJob = topic.isOfShards() || topic == RecordedTopic.DISPATCH;
        return isJob && key.length == Long.BYTES
                ? Long.toString(ByteBuffer.wrap(key).getLong())
                : new String(key, StandardCharsets.UTF_8);
    }

    /** Another value than those that are allowed is in the reason for which the record is refused. */
    private static Optional<String> expectation(Headers headers) {
        try {
            return JobExpectation.read(headers)
                    .map(expected -> new String(expected.encode(), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        serdes.values().forEach(Serde::close);
    }
}
