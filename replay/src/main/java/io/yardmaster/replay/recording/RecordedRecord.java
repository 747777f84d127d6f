package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A record of a topic, as a recording holds it.
 *
 * @param pool to whose topic an assignment was sent; empty of the default pool, and of all other records
 * @param timestampMs the record's, in epoch ms
 * @param key a job's id in decimal digits, a pool of hosts, or a text such as {@code group/7}; empty if it has none
 * @param value the fields of the schema by their names, of a host also {@code present}; a JSON null if it has none or nobody can read it
 * @param expects {@code new} or {@code known}, if its sender expected the job to be that
 * @param refused the reason for which the scheduler refuses it, whatever happened before; empty if there is none
 * @param number of the assignment that it makes or ends, counted in its shard from 1; 0 if it is about none
 * @param shard that made the assignment; -1 of a record that makes none
 * @param ticks a part of the scheduler's record of ticks, in Base64, if an assignment carries one
 */
public record RecordedRecord(
        RecordedTopic topic,
        String pool,
        int partition,
        long offset,
        long timestampMs,
        String key,
        JsonNode value,
        Optional<String> expects,
        Optional<String> refused,
        int shard,
        long number,
        Optional<String> ticks) {
    public static final int NO_SHARD = -1;
    public static final long NO_NUMBER = 0;

    static final String TOPIC = "topic";

    /** The first bytes of each line with a record of this topic, as this version writes it. */
    static byte[] beginning(RecordedTopic topic) {
        return "{\"%s\":\"%s\",".formatted(TOPIC, topic.id()).getBytes(StandardCharsets.UTF_8);
    }

    /** Its line in the file. */
    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(TOPIC, topic.id(pool));
        line.put("partition", partition);
        line.put("offset", offset);
        line.put("timestamp", timestampMs);
        line.put("key", key);
        expects.ifPresent(text -> line.put("expects", text));
        refused.ifPresent(text -> line.put("refused", text));
        if (shard != NO_SHARD) {
            line.put("shard", shard);
        }
        if (number != NO_NUMBER) {
            line.put("number", number);
        }
        ticks.ifPresent(text -> line.put("ticks", text));
        line.set("value", value);
        return line;
    }

    /** Reads a line. Throws {@link IllegalArgumentException} with the reason if it is no record of this version. */
    static RecordedRecord of(JsonNode line) {
        String topic = Fields.text(line, TOPIC);
        return new RecordedRecord(
                RecordedTopic.of(topic)
                        .orElseThrow(() -> new IllegalArgumentException("unknown topic " + topic + ": must be one of "
                                + String.join(", ", RecordedTopic.ids()))),
                RecordedTopic.pool(topic),
                Math.toIntExact(Fields.number(line, "partition")),
                Fields.number(line, "offset"),
                Fields.number(line, "timestamp"),
                Fields.text(line, "key"),
                line.path("value"),
                Optional.ofNullable(line.path("expects").textValue()),
                Optional.ofNullable(line.path("refused").textValue()),
                line.path("shard").asInt(NO_SHARD),
                line.path("number").asLong(NO_NUMBER),
                Optional.ofNullable(line.path("ticks").textValue()));
    }

    /** A copy with another part of the record of ticks. */
    public RecordedRecord withTicks(Optional<String> carried) {
        return new RecordedRecord(
                topic, pool, partition, offset, timestampMs, key, value, expects, refused, shard, number, carried);
    }

    /** A copy with another value. */
    public RecordedRecord withValue(JsonNode other) {
        return new RecordedRecord(
                topic, pool, partition, offset, timestampMs, key, other, expects, refused, shard, number, ticks);
    }

    /** Returns whether it is an assignment. A record of its topics without a value is none: it tells a host something. */
    boolean isAssignment() {
        return topic == RecordedTopic.DISPATCH && value.isObject();
    }

    /** Its place in Kafka, for people. */
    public String place() {
        return topic.id(pool) + "-" + partition + "@" + offset;
    }
}
