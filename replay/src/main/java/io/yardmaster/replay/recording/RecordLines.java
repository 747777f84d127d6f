package io.yardmaster.replay.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;

/** Reads lines with records as this version writes them, without an object for each field but those of the value. */
final class RecordLines {
    private static final JsonMapper JSON = new JsonMapper();

    private static final int PARTITION = 1;
    private static final int OFFSET = 2;
    private static final int TIMESTAMP = 4;
    private static final int ALL_PRESENT = PARTITION | OFFSET | TIMESTAMP;

    /** Null if there was none, as in all fields. */
    private RecordedTopic topic;

    private String pool = "";

    private long partition;
    private long offset;
    private long timestamp;
    private String key;
    private JsonNode value = MissingNode.getInstance();
    private String expects;
    private String refused;
    private long shard;
    private long number;
    private String ticks;
    /** A bit for each field with a number that a record must have, and that was there. */
    private int present;

    private boolean isPlain;

    /** The record of a line; null if it has none, or one that only {@link RecordedRecord#of} can judge. */
    RecordedRecord read(byte[] bytes, int length) throws IOException {
        try (JsonParser line = JSON.createParser(bytes, 0, length)) {
            if (line.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            begin();
            String name = line.nextFieldName();
            while (name != null && isPlain) {
                take(name, line);
                name = line.nextFieldName();
            }
            return record();
        }
    }

    private void begin() {
        topic = null;
        key = null;
        value = MissingNode.getInstance();
        expects = null;
        refused = null;
        ticks = null;
        shard = RecordedRecord.NO_SHARD;
        number = RecordedRecord.NO_NUMBER;
        present = 0;
        isPlain = true;
    }

    private void take(String name, JsonParser line) throws IOException {
        switch (name) {
            case RecordedRecord.TOPIC -> topic(text(line));
            case "partition" -> partition = number(line, PARTITION);
            case "offset" -> offset = number(line, OFFSET);
            case "timestamp" -> timestamp = number(line, TIMESTAMP);
            case "key" -> key = text(line);
            case "value" -> {
                line.nextToken();
                value = JSON.readTree(line);
            }
            case "expects" -> expects = text(line);
            case "refused" -> refused = text(line);
            case "shard" -> shard = number(line);
            case "number" -> number = number(line);
            case "ticks" -> ticks = text(line);
            default -> isPlain = false;
        }
    }

    private void topic(String id) {
        topic = id == null ? null : RecordedTopic.of(id).orElse(null);
        pool = id == null ? "" : RecordedTopic.pool(id);
    }

    private String text(JsonParser line) throws IOException {
        String text = line.nextTextValue();
        isPlain &= text != null;
        return text;
    }

    private long number(JsonParser line, int bit) throws IOException {
        present |= bit;
        return number(line);
    }

    private long number(JsonParser line) throws IOException {
        if (line.nextToken() != JsonToken.VALUE_NUMBER_INT || line.getNumberType() == NumberType.BIG_INTEGER) {
            isPlain = false;
            return 0;
        }
        return line.getLongValue();
    }

    private RecordedRecord record() {
        if (!isPlain
                || topic == null
                || key == null
                || present != ALL_PRESENT
                || partition != (int) partition
                || shard != (int) shard) {
            return null;
        }
        return new RecordedRecord(
                topic,
                pool,
                (int) partition,
                offset,
                timestamp,
                key,
                value,
                Optional.ofNullable(expects),
                Optional.ofNullable(refused),
                (int) shard,
                number,
                Optional.ofNullable(ticks));
    }
}
