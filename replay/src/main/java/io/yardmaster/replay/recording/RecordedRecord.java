package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String TIMESTAMP = "timestamp";
    static final String KEY = "key";
    static final String EXPECTS = "expects";
    static final String REFUSED = "refused";
    static final String SHARD = "shard";
    static final String NUMBER = "number";
    static final String TICKS = "ticks";
    static final String VALUE = "value";

    /** Its fields by their names in the file. */
    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(TOPIC, topic.id(pool));
        line.put(PARTITION, partition);
        line.put(OFFSET, offset);
        line.put(TIMESTAMP, timestampMs);
        line.put(KEY, key);
        expects.ifPresent(text -> line.put(EXPECTS, text));
        refused.ifPresent(text -> line.put(REFUSED, text));
        if (shard != NO_SHARD) {
            line.put(SHARD, shard);
        }
        if (number != NO_NUMBER) {
            line.put(NUMBER, number);
        }
        ticks.ifPresent(text -> line.put(TICKS, text));
        line.set(VALUE, value);
        return line;
    }

    /** Reads a line of formats 1 to 3. Throws {@link IllegalArgumentException} with the reason if it is no record. */
    static RecordedRecord of(JsonNode line) {
        String topic = Fields.text(line, TOPIC);
        return new RecordedRecord(
                RecordedTopic.of(topic)
                        .orElseThrow(() -> new IllegalArgumentException("unknown topic " + topic + ": must be one of "
                                + String.join(", ", RecordedTopic.ids()))),
                RecordedTopic.pool(topic),
                Math.toIntExact(Fields.number(line, PARTITION)),
                Fields.number(line, OFFSET),
                Fields.number(line, TIMESTAMP),
                Fields.text(line, KEY),
                line.path(VALUE),
                Optional.ofNullable(line.path(EXPECTS).textValue()),
                Optional.ofNullable(line.path(REFUSED).textValue()),
                line.path(SHARD).asInt(NO_SHARD),
                line.path(NUMBER).asLong(NO_NUMBER),
                Optional.ofNullable(line.path(TICKS).textValue()));
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

    /** Its place in Kafka, for people. */
    public String place() {
        return place(topic, pool, partition, offset);
    }

    static String place(RecordedTopic topic, String pool, int partition, long offset) {
        return topic.id(pool) + "-" + partition + "@" + offset;
    }
}
