package io.yardmaster.connectors.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.schemas.Nearest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a JSON object, each of which a {@link BadRowException} names if it is not as it must be.
 *
 * @param object the object
 * @param what it is, for messages
 */
record JsonFields(JsonNode object, String what) {
    /** @throws BadRowException if it is no object, or has a field of another name */
    static JsonFields of(JsonNode object, String what, List<String> known) throws BadRowException {
        if (!object.isObject()) {
            throw new BadRowException(what + " must be an object with " + String.join(", ", known));
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                Optional<String> nearest = Nearest.to(name, known);
                throw new BadRowException("%s has no %s: %s"
                        .formatted(
                                what,
                                name,
                                nearest.map(near -> "the nearest name is " + near)
                                        .orElse("it may have " + String.join(", ", known))));
            }
        }
        return new JsonFields(object, what);
    }

    JsonNode required(String name) throws BadRowException {
        if (!object.has(name)) {
            throw new BadRowException(what + " needs " + name);
        }
        return object.get(name);
    }

    String text(String name) throws BadRowException {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw wrong(name, value, "a text");
        }
        return value.textValue();
    }

    int whole(String name, int ifMissing) throws BadRowException {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return ifMissing;
        }
        if (!value.canConvertToInt() || !value.canConvertToExactIntegral()) {
            throw wrong(name, value, "a whole number of 32 bits");
        }
        return value.intValue();
    }

    long whole(String name, long ifMissing) throws BadRowException {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return ifMissing;
        }
        if (!value.canConvertToLong() || !value.canConvertToExactIntegral()) {
            throw wrong(name, value, "a whole number of 64 bits");
        }
        return value.longValue();
    }

    /** False if there is none. */
    boolean flag(String name) throws BadRowException {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    /** A constant of the same type, by its name in upper or lower case. */
    <E extends Enum<E>> E constant(String name, E ifMissing) throws BadRowException {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return ifMissing;
        }
        E[] all = ifMissing.getDeclaringClass().getEnumConstants();
        return Arrays.stream(all)
                .filter(constant -> constant.name().equalsIgnoreCase(value.asText()))
                .findFirst()
                .orElseThrow(() -> wrong(name, value, "one of " + Arrays.toString(all)));
    }

    private BadRowException wrong(String name, JsonNode value, String allowed) {
        String text = value.toString();
        return new BadRowException("%s of %s is %s, must be %s"
                .formatted(name, what, text.length() > 50 ? text.substring(0, 50) + "…" : text, allowed));
    }
}
