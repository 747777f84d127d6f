package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Reads fields that must be there. Each method throws {@link IllegalArgumentException} with a reason that names the field. */
final class Fields {
    private Fields() {}

    static long number(JsonNode object, String name) {
        return asNumber(object.path(name), name);
    }

    static long asNumber(JsonNode field, String name) {
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return field.longValue();
    }

    static int smallNumber(JsonNode object, String name) {
        return small(number(object, name), name);
    }

    static int small(long number, String name) {
        if (number != (int) number) {
            throw wrong(name, "a whole number of 32 bits");
        }
        return (int) number;
    }

    static String text(JsonNode object, String name) {
        return asText(object.path(name), name);
    }

    static String asText(JsonNode field, String name) {
        if (!field.isTextual()) {
            throw wrong(name, "a text");
        }
        return field.textValue();
    }

    static boolean flag(JsonNode object, String name) {
        return asFlag(object.path(name), name);
    }

    static boolean asFlag(JsonNode field, String name) {
        if (!field.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return field.booleanValue();
    }

    static JsonNode list(JsonNode object, String name) {
        return asList(object.path(name), name);
    }

    static JsonNode asList(JsonNode field, String name) {
        if (!field.isArray()) {
            throw wrong(name, "a list");
        }
        return field;
    }

    /** Whole numbers by name. */
    static Map<String, Long> numbers(JsonNode object, String name) {
        JsonNode field = object.path(name);
        if (!field.isObject()) {
            throw wrong(name, "an object");
        }
        Map<String, Long> numbers = new TreeMap<>();
        field.fieldNames().forEachRemaining(key -> numbers.put(key, number(field, key)));
        return numbers;
    }

    /** The constant of that name. */
    static <E extends Enum<E>> E constant(JsonNode object, String name, Class<E> type) {
        return asConstant(text(object, name), name, type);
    }

    static <E extends Enum<E>> E asConstant(String text, String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("unknown " + name + " " + text);
    }

    private static IllegalArgumentException wrong(String name, String allowed) {
        return new IllegalArgumentException("the field " + name + " must be " + allowed);
    }
}
