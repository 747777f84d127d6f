package io.yardmaster.connectors.capture;

import io.yardmaster.connectors.event.OtherValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Converts values to those that polling would read from the same columns. Debezium has numbers for other types, such as
 * moments, and a structure for a {@code numeric} without a precision.
 */
final class ColumnValues {
    private static final String TYPE = "__debezium.source.column.type";

    private ColumnValues() {}

    static Object of(Struct row, Field field) {
        Object value = row.get(field);
        Schema schema = field.schema();
        if (value == null || value instanceof Boolean || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Struct decimal && "io.debezium.data.VariableScaleDecimal".equals(schema.name())) {
            return new BigDecimal(new BigInteger(decimal.getBytes("value")), decimal.getInt32("scale"));
        }
        if (value instanceof String && !isTime(schema)) {
            return value;
        }
        boolean whole =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        return whole && !isTime(schema) ? value : new OtherValue(type(schema), text(value));
    }

    private static boolean isTime(Schema schema) {
        String name = schema.name();
        return name != null
                && (name.startsWith("io.debezium.time.") || name.startsWith("org.apache.kafka.connect.data."));
    }

    private static String type(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        String type = parameters == null ? null : parameters.get(TYPE);
        return (type == null ? schema.type().name() : type).toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
    }
}
