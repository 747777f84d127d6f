package io.yardmaster.connectors.convert;

import org.apache.avro.LogicalTypes;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** The Avro schemas of the contract in Connect's form: same name, same fields. */
public final class ContractSchemas {
    private ContractSchemas() {}

    /**
     * The same schema for Connect.
     *
     * @throws IllegalArgumentException if it has a type that the contract does not use
     */
    public static Schema connect(org.apache.avro.Schema avro) {
        return switch (avro.getType()) {
            case BOOLEAN -> Schema.BOOLEAN_SCHEMA;
            case INT -> Schema.INT32_SCHEMA;
            case LONG ->
                avro.getLogicalType() instanceof LogicalTypes.TimestampMillis ? Timestamp.SCHEMA : Schema.INT64_SCHEMA;
            case DOUBLE -> Schema.FLOAT64_SCHEMA;
            case BYTES -> Schema.BYTES_SCHEMA;
            case ENUM, STRING -> Schema.STRING_SCHEMA;
            case ARRAY -> SchemaBuilder.array(connect(avro.getElementType())).build();
            case MAP ->
                SchemaBuilder.map(Schema.STRING_SCHEMA, connect(avro.getValueType()))
                        .build();
            case RECORD -> struct(avro);
            default -> throw new IllegalArgumentException("unsupported: " + avro);
        };
    }

    private static Schema struct(org.apache.avro.Schema avro) {
        SchemaBuilder builder = SchemaBuilder.struct().name(avro.getFullName());
        for (org.apache.avro.Schema.Field field : avro.getFields()) {
            builder.field(field.name(), connect(field.schema()));
        }
        return builder.build();
    }
}
