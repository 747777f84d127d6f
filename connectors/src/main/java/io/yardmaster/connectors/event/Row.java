package io.yardmaster.connectors.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A row of a table, from a change event or a query.
 *
 * @param table for messages
 * @param columns values by the names of their columns; null is null
 */
public record Row(String table, Map<String, Object> columns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A Kafka producer sends records of 1 MB at most, unless it is told otherwise. */
    private static final int LETTER_BYTES = 700_000;

    private static final int LETTER_TEXT = 10_000;
    private static final int LOGGED_TEXT = 500;

    boolean has(String column) {
        return columns.get(column) != null;
    }

    long id(String column) throws BadRowException {
        return whole(column, required(column));
    }

    long notNegative(String column) throws BadRowException {
        long number = id(column);
        if (number < 0) {
            throw new BadRowException(column + " " + number + " is negative");
        }
        return number;
    }

    int smallNotNegative(String column) throws BadRowException {
        long number = notNegative(column);
        if (number > Integer.MAX_VALUE) {
            throw new BadRowException(column + " " + number + " is more than " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    int smallNotNegative(String column, int ifNull) throws BadRowException {
        return has(column) ? smallNotNegative(column) : ifNull;
    }

    boolean flag(String column, boolean ifNull) throws BadRowException {
        Object value = columns.get(column);
        if (value == null) {
            return ifNull;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        refuseOther(column, value, "is neither true nor false");
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() != 0;
        }
        if (value instanceof Number number) {
            return number.longValue() != 0;
        }
        throw new BadRowException(column + " " + value + " is neither true nor false");
    }

    /** Without the blanks that a {@code char} column adds. */
    String text(String column) throws BadRowException {
        Object value = required(column);
        refuseOther(column, value, "has no text");
        return value.toString().strip();
    }

    private static void refuseOther(String column, Object value, String why) throws BadRowException {
        if (value instanceof OtherValue other) {
            throw new BadRowException("%s is of type %s, which %s".formatted(column, other.type(), why));
        }
    }

    private Object required(String column) throws BadRowException {
        Object value = columns.get(column);
        if (value == null) {
            throw new BadRowException(column + (columns.containsKey(column) ? " is null" : " is missing"));
        }
        return value;
    }

    private static long whole(String column, Object value) throws BadRowException {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        refuseOther(column, value, "has no whole numbers");
        try {
            if (value instanceof BigDecimal decimal) {
                return decimal.longValueExact();
            }
            if (value instanceof BigInteger integer) {
                return integer.longValueExact();
            }
            return Long.parseLong(value.toString().strip());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new BadRowException(column + " " + value + " is no whole number of 64 bits");
        }
    }

    /**
     * The columns as a JSON object; values that JSON has no type for become text. Long texts are cut if it would not fit into a record
     * otherwise.
     */
    String toJson() {
        String whole = toJson(Integer.MAX_VALUE);
        return whole.getBytes(StandardCharsets.UTF_8).length <= LETTER_BYTES ? whole : toJson(LETTER_TEXT);
    }

    private String toJson(int longest) {
        Map<String, Object> plain = new LinkedHashMap<>();
        columns.forEach((column, value) -> plain.put(
                column,
                value == null || value instanceof Number || value instanceof Boolean
                        ? value
                        : cut(Objects.toString(value), longest)));
        try {
            return JSON.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : "%s… (%s characters)".formatted(text.substring(0, longest), text.length());
    }

    @Override
    public String toString() {
        return table + " " + toJson(LOGGED_TEXT);
    }
}
