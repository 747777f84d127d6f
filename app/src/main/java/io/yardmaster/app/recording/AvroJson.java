package io.yardmaster.app.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Values of the contract as JSON: fields by their names, constants by theirs, times in epoch ms, bytes in Base64, maps by their keys in order. */
final class AvroJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final boolean withBytes;

    /** @param withBytes whether to write fields that hold bytes, which are payloads; otherwise they are left out */
    AvroJson(boolean withBytes) {
        this.withBytes = withBytes;
    }

    ObjectNode of(SpecificRecord record) {
        ObjectNode json = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (withBytes || !(value instanceof ByteBuffer)) {
                json.set(field.name(), value(value));
            }
        }
        return json;
    }

    private JsonNode value(Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof SpecificRecord record) {
            return of(record);
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = JSON.arrayNode(list.size());
            list.forEach(one -> array.add(value(one)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            new TreeMap<>(map).forEach((key, one) -> object.set(key.toString(), value(one)));
            return object;
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Double number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Instant time) {
            return JSON.numberNode(time.toEpochMilli());
        }
        if (value instanceof CharSequence || value instanceof Enum<?>) {
            return JSON.textNode(value.toString());
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return JSON.textNode(Base64.getEncoder().encodeToString(copy));
        }
        throw new IllegalArgumentException(
                "no field of the contract has a " + value.getClass().getName());
    }
}
